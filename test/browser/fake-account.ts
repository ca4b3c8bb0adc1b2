import type { PasskeyView } from "../../protocol/wallet-passkeys.ts";
import type { Answer, Row } from "./fake-exchange.ts";

/** What the fake exchange knows of a person's account. */
export interface AccountWorld {
  passkeys: PasskeyView[];
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
});

export const secondPasskey: PasskeyView = { id: "two", createdAt: now() - 3 * DAY, synced: true };

export const accountRows: Record<string, Row> = {
  "POST session id": () => ceremony,
  "POST session end-others": () => [204],
  "POST confirm id": () => ceremony,
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
