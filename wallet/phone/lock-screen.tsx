import { Button } from "react-aria-components/Button";
import { locale, words } from "../messages/languages.ts";
import { clockFace } from "../words/dates.ts";
import { AppIcon } from "./app-icon.tsx";
import type { Notification } from "./delivery.ts";
import { NotificationCard } from "./notification-card.tsx";

interface LockScreenProps {
  readonly notifications: readonly Notification[];
  readonly now: number;
  readonly onNotification: (notification: Notification) => void;
  readonly onOpen: () => void;
}

/** The phone at rest: the time, what arrived, and Navigator's icon. */
export function LockScreen({ notifications, now, onNotification, onOpen }: LockScreenProps) {
  return (
    <main className="lock">
      <h1 className="only-heard">{words.phone.title}</h1>
      <p className="weekday">{weekday(now)}</p>
      <p className="clock">{clockFace(now, locale)}</p>
      <section aria-label={words.phone.notifications} aria-live="polite" className="stack arrivals">
        {notifications.map((notification) => (
          <NotificationCard
            key={notification.messageId}
            notification={notification}
            now={now}
            onOpen={() => onNotification(notification)}
          />
        ))}
        {notifications.length === 0 ? <p className="small none">{words.phone.none}</p> : null}
      </section>
      <Button className="launcher" aria-label={words.phone.open} onPress={onOpen}>
        <AppIcon />
        <span className="small">{words.app.navigator}</span>
      </Button>
    </main>
  );
}

const weekday = (now: number) =>
  new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(now * 1_000);
