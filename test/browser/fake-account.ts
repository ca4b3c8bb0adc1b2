import type { DeviceView } from "../../protocol/wallet-devices.ts";
import type { PasskeyView } from "../../protocol/wallet-passkeys.ts";
import type { Answer, Row } from "./fake-exchange.ts";

/** What the fake exchange knows of a person's account. */
export interface AccountWorld {
  passkeys: PasskeyView[];
  devices: DeviceView[];
}

const DAY = 86_400;
const now = () => Math.floor(Date.now() / 1_000);
const challenge = "Y2hhbGxlbmdlLW9mLXRoZS1mYWtl";
const ceremony: Answer = [
  200,
  { options: { challenge, rpId: "localhost", userVerification: "required" }, challenge: "sealed" },
];

export const newAccount = (): AccountWorld => ({
  passkeys: [{ id: "one", name: "Chrome, Mac", createdAt: now() - 200 * DAY, lastUsedAt: now(), thisOne: true }],
  devices: [],
});

export const secondPasskey: PasskeyView = { id: "two", createdAt: now() - 3 * DAY, synced: true };

export const devices: readonly DeviceView[] = [
  { id: "laptop", platform: "WEB", name: "Firefox, Windows", addedAt: now() - 40 * DAY, seenAt: now(), thisOne: true },
  {
    id: "phone",
    platform: "FCM",
    name: "Navigator, Android",
    addedAt: now() - 400 * DAY,
    seenAt: now() - 20 * DAY,
    rang: { at: now() - DAY, result: "delivered" },
  },
  {
    id: "tablet",
    platform: "APNS",
    addedAt: now() - 90 * DAY,
    seenAt: now() - 2 * DAY,
    rang: { at: now() - 2 * DAY, result: "failed" },
  },
];

export const accountRows: Record<string, Row> = {
  "POST session id": () => ceremony,
  "POST session end-others": () => [204],
  "POST confirm id": () => ceremony,
  "GET devices": ({ devices }) => [200, { devices }],
  "PUT devices id": (world, id, { name }) => {
    world.devices = world.devices.map((device) => (device.id === id ? { ...device, name } : device));
    return [204];
  },
  "DELETE devices id": (world, id) => {
    world.devices = world.devices.filter((device) => device.id !== id);
    return [204];
  },
  "GET passkeys": ({ passkeys }) => [200, { passkeys }],
  "POST passkeys id": ({ me }) => [200, { options: registration(me?.name ?? ""), challenge: "sealed" }],
  "POST passkeys": (world, _, { name }) => {
    world.passkeys = [...world.passkeys, { ...secondPasskey, id: "new", name, createdAt: now() }];
    return [200, { passkeys: world.passkeys }];
  },
  "PUT passkeys id": (world, id, { name }) => {
    world.passkeys = world.passkeys.map((passkey) => (passkey.id === id ? { ...passkey, name } : passkey));
    return [204];
  },
  "POST passkeys id remove": (world, id) => {
    world.passkeys = world.passkeys.filter((passkey) => passkey.id !== id);
    return [200, { passkeys: world.passkeys }];
  },
};

export const registration = (name: string) => ({
  challenge,
  rp: { id: "localhost", name: "Wallet" },
  user: { id: "anVuZQ", name, displayName: name },
  pubKeyCredParams: [{ type: "public-key", alg: -7 }],
  authenticatorSelection: { residentKey: "required", userVerification: "required" },
});
