import type { PushData } from "../../protocol/push.ts";
import { callTo } from "../api/call.ts";
import { walletOver } from "../api/wallet.ts";
import { to } from "../app/addresses.ts";
import { locale, words } from "../messages/languages.ts";
import { subscribed } from "./subscription.ts";
import type { WorkerScope } from "./worker-scope.ts";

declare const self: WorkerScope;

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => event.waitUntil(rung(requestIn(event.data?.text()))));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(opened(event.notification.data));
});
// Push API §7.4: the push service changed how this browser is reached.
self.addEventListener("pushsubscriptionchange", (event) =>
  event.waitUntil(subscribed(self.registration, walletOver(callTo("", async () => ({}))))),
);

/** Which request a push is about; of one that is none of ours, nothing. */
function requestIn(content = ""): string | undefined {
  try {
    const { v, t, id } = JSON.parse(content) as Partial<PushData>;
    return v === 1 && t === "r" && typeof id === "string" ? id : undefined;
  } catch {
    return undefined;
  }
}

/** The same sentence for everyone, and no button to answer in it (UX-35, UX-50). */
function rung(id: string | undefined): Promise<void> {
  const tag = id === undefined ? {} : { tag: id };
  return self.registration.showNotification(words.app.wallet, {
    body: words.ring.alert,
    lang: locale,
    data: id,
    ...tag,
  });
}

/** The request in a window of the Wallet; whatever the id is, it is a part of an address of ours (N-78). */
async function opened(id: unknown): Promise<unknown> {
  const { origin } = self.location;
  const url = `${origin}/${typeof id === "string" ? to.request(id) : to.home}`;
  const [window] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (window === undefined) return self.clients.openWindow(url);
  await window.focus().catch(() => undefined);
  return window.navigate(url).catch(() => self.clients.openWindow(url));
}
