import { Button } from "react-aria-components/Button";
import { locale, words } from "../messages/languages.ts";
import { clock } from "../words/dates.ts";
import { AppIcon } from "./app-icon.tsx";
import type { Notification } from "./delivery.ts";

interface NotificationCardProps {
  readonly notification: Notification;
  readonly now: number;
  readonly onOpen: () => void;
}

/** One notification: the same sentence for everyone, no name and no button to answer in it (UX-35, UX-50). */
export function NotificationCard({ notification, now, onOpen }: NotificationCardProps) {
  return (
    <Button className="notification" onPress={onOpen}>
      <AppIcon />
      <span className="grow">
        <span className="from small">
          <strong>{words.app.navigator}</strong>
          <span>{now - notification.at < 60 ? words.phone.now : clock(notification.at, locale)}</span>
        </span>
        <span className="line">{notification.t === "n" ? words.phone.look : words.phone.alert}</span>
      </span>
    </Button>
  );
}
