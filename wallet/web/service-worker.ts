import { PUSH_KINDS, type PushData } from "../../protocol/push.ts";
import { callTo } from "../api/call.ts";
import { walletOver } from "../api/wallet.ts";
import { to, toPush } from "../app/addresses.ts";
import { locale, words } from "../messages/languages.ts";
import { sweep } from "./answered.ts";
import { subscribed } from "./subscription.ts";
import type { WorkerScope } from "./worker-scope.ts";

declare const self: WorkerScope;

type Told = Pick<PushData, "t" | "id">;

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => event.waitUntil(rung(pushIn(event.data?.text()))));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(opened(event.notification.data));
});
// Push API §7.4: the push service changed how this browser is reached.
self.addEventListener("pushsubscriptionchange", (event) =>
  event.waitUntil(subscribed(self.registration, walletOver(callTo("", async () => ({}))))),
);

/** A push of ours, or nothing. */
function pushIn(content = ""): Told | undefined {
  try {
    const { v, t, id } = JSON.parse(content) as Partial<PushData>;
    const kind = PUSH_KINDS.find((known) => known === t);
    return v === 1 && kind !== undefined && typeof id === "string" ? { t: kind, id } : undefined;
  } catch {
    return undefined;
  }
}

/** Every push must be seen (`userVisibleOnly`): one that is none of ours is shown as a request, and leads home. */
async function rung(push: Told | undefined): Promise<void> {
  if (push?.t === "c") return cleared(push);
  await shown(push);
  await sweep(self.registration);
}

/** The same sentence for everyone, and no button to answer in it (UX-35, UX-50). */
function shown(push: Told | undefined): Promise<void> {
  const t = push?.t ?? "r";
  const told = { body: words.ring[t], lang: locale, silent: t === "c" };
  return self.registration.showNotification(
    words.app.wallet,
    push === undefined ? told : { ...told, tag: push.id, data: push },
  );
}

/**
 * UX-60: what rang with this id is answered. A browser lets a push show nothing only while the Wallet is in view or another notification of it stays (else
 * it shows one of its own, and in the end takes the subscription away): then one that says so silently stands in its place, until the Wallet is opened.
 */
async function cleared(push: Told): Promise<void> {
  const notifications = await self.registration.getNotifications();
  const others = notifications.filter(({ tag }) => tag !== push.id);
  if (others.length === 0 && !(await isInView())) return shown(push);
  for (const notification of notifications) if (notification.tag === push.id) notification.close();
}

async function isInView(): Promise<boolean> {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return windows.some(({ visibilityState }) => visibilityState === "visible");
}

/** What the notification is about, in a window of the Wallet. */
async function opened(push: Partial<Told> | null): Promise<unknown> {
  const { t, id } = push ?? {};
  const { origin } = self.location;
  const url = `${origin}/${t === undefined || id === undefined ? to.home : toPush({ t, id })}`;
  const [window] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (window === undefined) return self.clients.openWindow(url);
  await window.focus().catch(() => undefined);
  return window.navigate(url).catch(() => self.clients.openWindow(url));
}
