import type { Wallet } from "../api/wallet.ts";
import { deviceWords } from "../words/this-device.ts";

/** Subscribes, or keeps the subscription there is, and says so to the exchange (UX-53). One made with another key is of no use to it (RFC 8292 §4.2). */
export async function subscribed({ pushManager }: ServiceWorkerRegistration, wallet: Wallet): Promise<void> {
  const applicationServerKey = await wallet.pushKey();
  const before = await pushManager.getSubscription();
  if (before !== null && keyOf(before) !== applicationServerKey) await before.unsubscribe();
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  const { endpoint = "", keys = {} } = subscription.toJSON();
  const { p256dh = "", auth = "" } = keys;
  await wallet.registerDevice({ platform: "WEB", subscription: { endpoint, keys: { p256dh, auth } }, ...described() });
}

function described() {
  const words = deviceWords(navigator.userAgent);
  return words === "" ? {} : { described: words };
}

function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer());
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}
