import type { DeviceView } from "../../protocol/wallet-devices.ts";
import type { PasskeyView } from "../../protocol/wallet-passkeys.ts";
import type { RecoveryStanding, RecoveryWait } from "../../protocol/wallet-recovery.ts";
import type { SessionView } from "../../protocol/wallet-sessions.ts";
import type { Answer, Row, World } from "./fake-exchange.ts";

/** What the fake exchange knows of a person's account. */
export interface AccountWorld {
  passkeys: PasskeyView[];
  devices: DeviceView[];
  sessions: SessionView[];
  /** What the browser that asked to recover finds; undefined when it is over. */
  recovery: RecoveryWait | undefined;
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
  sessions: [{ id: "here", name: "Chrome, Mac", at: now() - 3_600, thisOne: true }],
  recovery: undefined,
});

export const secondPasskey: PasskeyView = { id: "two", createdAt: now() - 3 * DAY, synced: true };

export const devices: readonly DeviceView[] = [
  { id: "laptop", platform: "WEB", name: "Firefox, Windows", addedAt: now() - 40 * DAY, seenAt: now(), thisOne: true },
  {
    id: "phone",
    platform: "FCM",
    name: "Pixel 9",
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

export const CODE = "7KQF-2M9P-X4TD-83WZ-0HBN-V6RC-J1SA-E5GY";
const waiting: RecoveryWait = { opensAt: now() + 3 * DAY, endsAt: now() + 10 * DAY };
export const opened: RecoveryWait = { opensAt: now() - 60, endsAt: now() + 7 * DAY };
const asMe = (world: World, recovery: RecoveryStanding): Answer => {
  world.me = { name: "June", recovery };
  return [200, world.me];
};

export const accountRows: Record<string, Row> = {
  "GET sessions": ({ sessions }) => [200, { sessions }],
  "DELETE sessions id": (world, id) => {
    world.sessions = world.sessions.filter((session) => session.id !== id);
    return [204];
  },
  "POST session id": () => ceremony,
  "POST session end-others": (world) => {
    world.sessions = world.sessions.filter(({ thisOne }) => thisOne);
    return [204];
  },
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
  "POST me id": (_, what) => {
    if (what === "recovery-code") return [200, { code: CODE, madeAt: now() }];
    return [404];
  },
  "POST me id decline": (world) => asMe(world, { declined: true }),
  "POST me id stop": (world) => asMe(world, {}),
  "POST recovery": (world) => {
    world.recovery = waiting;
    return [200, { recovery: "recover_r1x", ...waiting }];
  },
  "GET recovery id": ({ recovery }) => (recovery === undefined ? [404] : [200, recovery]),
  "POST recovery id options": ({ me }) => [200, { options: registration(me?.name ?? "June"), challenge: "sealed" }],
  "POST recovery id": (world) => {
    world.me = { name: "June" };
    world.passkeys = [
      ...world.passkeys.map(({ thisOne: _, ...lost }) => lost),
      { ...secondPasskey, name: "Chrome, Linux", thisOne: true },
    ];
    return [200, { person: world.me, expiresAt: now() + 600 }];
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
