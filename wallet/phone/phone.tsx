import { useEffect, useRef, useState } from "react";
import { to, toPush } from "../app/addresses.ts";
import { useNow } from "../app/watch.ts";
import { words } from "../messages/languages.ts";
import { type Notification, notificationOf, withDelivered } from "./delivery.ts";
import { LockScreen } from "./lock-screen.tsx";
import { NotificationCard } from "./notification-card.tsx";

/** How long a banner lies over the app; on the lock screen it stays. */
const BANNER_SECONDS = 8;

/** A page in the shape of June's phone: what her real one would receive arrives here, and opens Navigator. */
export function Phone({ token }: { readonly token: string }) {
  const { notifications, dismiss, now } = useNotifications(token);
  const { frame, start, unlocked, open, lock } = useNavigatorFrame();
  const newest = notifications.find(({ at }) => now - at < BANNER_SECONDS);
  const openNotification = (notification: Notification) => {
    dismiss(notification);
    open(toPush(notification));
  };

  return (
    <div className="table">
      <div className={newest === undefined ? "phone" : "phone ringing"}>
        {unlocked ? (
          <div className="banner" role="status">
            {newest === undefined ? null : (
              <NotificationCard notification={newest} now={now} onOpen={() => openNotification(newest)} />
            )}
          </div>
        ) : (
          <LockScreen
            notifications={notifications}
            now={now}
            onNotification={openNotification}
            onOpen={() => open(to.home)}
          />
        )}
        {start === undefined ? null : (
          <iframe
            ref={frame}
            className="app"
            hidden={!unlocked}
            title={words.phone.inside}
            src={`./app.html${start}`}
          />
        )}
        {unlocked ? (
          <button type="button" className="home-bar" aria-label={words.phone.toLockScreen} onClick={lock} />
        ) : null}
      </div>
      <footer className="caption small soft">{words.phone.caption}</footer>
    </div>
  );
}

/** What was delivered to this phone and is still of use. */
function useNotifications(token: string) {
  const [delivered, setDelivered] = useState<readonly Notification[]>([]);
  const now = useNow(1_000);
  useEffect(() => {
    const stream = new EventSource(`/phone/notifications?token=${encodeURIComponent(token)}`);
    stream.onmessage = ({ data }) => {
      const next = notificationOf(String(data), Math.floor(Date.now() / 1_000));
      if (next === undefined) return;
      setDelivered((list) => withDelivered(list, next));
      if (next.t !== "c") navigator.vibrate?.([120, 80, 120]);
    };
    return () => stream.close();
  }, [token]);
  const dismiss = ({ messageId }: Notification) =>
    setDelivered((list) => list.filter((one) => one.messageId !== messageId));
  return { notifications: delivered.filter(({ expiresAt }) => expiresAt > now), dismiss, now };
}

/** Navigator in its frame: started at the first opening, kept running behind the lock screen as on a phone. */
function useNavigatorFrame() {
  const frame = useRef<HTMLIFrameElement>(null);
  const [start, setStart] = useState<string>();
  const [unlocked, setUnlocked] = useState(false);
  const open = (hash: string) => {
    if (frame.current?.contentWindow) frame.current.contentWindow.location.hash = hash;
    else setStart(hash);
    setUnlocked(true);
  };
  return { frame, start, unlocked, open, lock: () => setUnlocked(false) };
}
