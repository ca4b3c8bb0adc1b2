import type { Wallet } from "../api/wallet.ts";
import type { Ringing, Rings } from "../app/surface.ts";
import { sweep } from "./answered.ts";
import { subscribed } from "./subscription.ts";

const isPossible = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

async function subscription(): Promise<PushSubscription | null> {
  if (!isPossible()) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

async function now(): Promise<Rings> {
  if (!isPossible()) return "impossible";
  if (Notification.permission === "denied") return "denied";
  return Notification.permission === "granted" && (await subscription()) !== null ? "on" : "off";
}

/** This browser as a device of the person's: a service worker that shows what arrives, and a push subscription. */
export const ringing: Ringing = {
  now,
  async start(wallet) {
    if (!isPossible()) return "impossible";
    if ((await Notification.requestPermission()) !== "granted") return now();
    await navigator.serviceWorker.register("/service-worker.js");
    await subscribed(await navigator.serviceWorker.ready, wallet);
    return now();
  },
  async stop(wallet) {
    await (await subscription())?.unsubscribe();
    const here = (await wallet?.devices())?.find(({ thisOne }) => thisOne);
    if (here !== undefined) await wallet?.removeDevice(here.id);
    return now();
  },
};

/** At every start: what rings here rings for whoever is here now (UX-53, UX-58). */
export async function ringAgain(wallet: Wallet): Promise<void> {
  if ((await now()) !== "on") return;
  const registration = await navigator.serviceWorker.ready;
  await sweep(registration);
  await subscribed(registration, wallet);
}
