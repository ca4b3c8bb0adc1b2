import { sha256 } from "../protocol/canonical-json.ts";
import type { QuietHours } from "../protocol/settings.ts";
import type { AccountEvent } from "./account-event.ts";
import type { Decline } from "./declines.ts";
import type { Recovery } from "./recovery.ts";
import type { SignOut } from "./sign-out.ts";
import type { Kind } from "./store.ts";

export interface Person {
  readonly status: "active" | "locked" | "erasing";
  /** When they asked to be erased (`core/erasure.ts`). */
  readonly erasingAt?: number;
  /** No way in is left. */
  readonly isShut?: true;
  /** What the person calls themselves here; shown to nobody but the owners of what they ask for by UMA's ticket door. */
  readonly name: string;
  readonly walletName?: string;
  /** Own random key for pairwise identifiers; erasure destroys it (32 bytes, base64url). */
  readonly pairwiseKey: string;
  readonly createdAt: number;
  /** Credential ids of the passkeys that open this account; never empty. */
  readonly passkeys: readonly string[];
  readonly recovery?: Recovery;
  /** Sessions that were ended from elsewhere and may still stand. */
  readonly signOuts?: readonly SignOut[];
  /** To the account, newest first (`core/account-event.ts`). */
  readonly happened?: readonly AccountEvent[];
  /** Clients this person said "I did not start this" to, until when, and whether they let it ask again before (`core/muted.ts`). */
  readonly blocked: readonly { readonly clientId: string; readonly until: number; readonly lifted?: true }[];
  /** Of the last day before the newest (UX-36). */
  readonly declines?: readonly Decline[];
  /** Sealed hash of the code that must come with their Wallet name (`core/user-code.ts`). */
  readonly userCode?: string;
  readonly quietHours?: QuietHours;
  /** Of what they share (UX-17). */
  readonly noReminders?: true;
}

/** A passkey belongs to one person; the pointer is inserted before it is used, and counts while its person names it. */
export interface Passkey {
  readonly personId: string;
  /** COSE public key, base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  /** Its provider keeps it on several devices (WebAuthn §6.1.3, backup state). */
  readonly synced: boolean;
  readonly name?: string;
  readonly createdAt: number;
  readonly lastUsedAt?: number;
}

/** A device token or push subscription belongs to one person: registering it for another takes it away (UX-58). */
export type Device = Phone | RungBrowser;

interface Registered {
  readonly personId: string;
  readonly addedAt: number;
  /** At its last start. */
  readonly registeredAt: number;
  /** What the app on it calls it, and what its person does. */
  readonly described?: string;
  readonly name?: string;
  /** Hash of the session that registered it last: removed from afar, it is signed out as well. */
  readonly session: string;
  /** Newest first (`core/rung.ts`). */
  readonly rung?: readonly Rung[];
}

export interface Phone extends Registered {
  readonly platform: "APNS" | "FCM";
  readonly endpointArn: string;
}

export interface RungBrowser extends Registered {
  readonly platform: "WEB";
  /** Sealed: whoever knows its address could send to it. */
  readonly subscription: string;
  /** Digest of its push service's origin. */
  readonly pushService: string;
}

/** How a device's push service answered: it took the push, refused it, or is out of order and is tried again. */
export type RingResult = "delivered" | "refused" | "failed";

/** Something a device rang about. */
export interface Rung {
  readonly which: string;
  readonly at: number;
  readonly result: RingResult;
}

/** A unique name that leads to somebody or something: a Wallet name, a `sub` at a Client, or a Resource Server's identifier. */
export interface Pointer {
  readonly to: string;
}

export const personKind: Kind<Person> = {
  name: "person",
  key: (id) => ({ pk: `PERSON#${id}`, sk: "PERSON" }),
  // Somebody asks to recover the account: its devices must hear of it, from the stream.
  index: ({ status, recovery, erasingAt }) => ({
    state: status === "active" && recovery?.asked ? "recovering" : status,
    ...(erasingAt !== undefined && { due: "erasure", dueAt: erasingAt }),
  }),
};
export const passkeyKind: Kind<Passkey> = {
  name: "passkey",
  key: (id) => ({ pk: `PASSKEY#${id}`, sk: "PASSKEY" }),
  index: ({ personId, createdAt }) => ({ person: personId, sort: `passkey#${String(createdAt).padStart(12, "0")}` }),
};
/** UX-55: seconds after its last start, 270 days, when FCM forgets a token. Navigator and a Wallet that rings register at every start. */
const DEVICE_LIFE = 23_328_000;

/** Whether nobody was seen at the device for so long that it is none any more, whether or not that was deleted yet. */
export function isForgotten({ registeredAt }: Device, time: number): boolean {
  return time >= registeredAt + DEVICE_LIFE;
}

export const deviceKind: Kind<Device> = {
  name: "device",
  key: (id) => ({ pk: `DEVICE#${id}`, sk: "DEVICE" }),
  index: ({ personId, registeredAt }) => ({
    person: personId,
    sort: `device#${String(registeredAt).padStart(12, "0")}`,
    deleteAt: registeredAt + DEVICE_LIFE,
  }),
};
export const nameKind: Kind<Pointer> = {
  name: "name",
  key: (id) => ({ pk: `NAME#${id}`, sk: "NAME" }),
  index: () => ({}),
};

/** Where a Wallet name leads; the same hash a hint carries. */
export function nameHash(walletName: string): Promise<string> {
  return sha256(`name:${walletName.toLowerCase()}`);
}

/** Where a person's `sub` at a Client leads: known to the exchange from their first approval on, so that an ID token can be a hint. */
export function subHash(clientId: string, sub: string): Promise<string> {
  return sha256(`sub:${clientId} ${sub}`);
}
