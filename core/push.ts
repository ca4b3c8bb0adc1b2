import { sha256 } from "../protocol/canonical-json.ts";
import type { Opened, PushData, PushKind } from "../protocol/push.ts";
import { type Exchange, now } from "./exchange.ts";
import { handleKind } from "./handles.ts";
import { askOf, isWaiting } from "./proposal.ts";
import { isReminding } from "./reminder.ts";
import { type Seal, sealedAlike, unseal } from "./seal.ts";

/** Something a person's devices ring about. Its parts have no space and no dot. */
export interface Ring {
  readonly t: PushKind;
  /** Seconds since the epoch, after which it is of no use. */
  readonly exp: number;
  /** Which screen a tap leads to, of which record: a Consent's id, or for `account` the person's. */
  readonly opens: Opened["opens"];
  readonly id: string;
  /** Tells what this is about from other things about the same record: a request's id, a reminder's time. A `c` clears what rang with the same. */
  readonly which: string;
}

/** Whose devices ring about it, as long as it is worth ringing: not when the request or the reminder is answered, nor after its time. */
export async function personToRing(as: Pick<Exchange, "records" | "nowMs">, ring: Ring): Promise<string | undefined> {
  const { t, exp, opens, id, which } = ring;
  if (exp <= now(as)) return undefined;
  if (opens === "account") return id;
  const consent = (await as.records.consents.find(id))?.value;
  if (consent === undefined) return undefined;
  const isStill =
    t === "r"
      ? isWaiting(consent, now(as)) && askOf(consent).requestId === which
      : t === "c" || consent.reminder === undefined || isReminding(consent);
  return isStill ? consent.personId : undefined;
}

/** UX-50, N-77: the same members of every push to anybody, and all ids of one length: what they are about is digested, and the three words for what they open have seven letters each. */
export async function pushData(as: Seal, { t, exp, opens, id, which }: Ring, deviceId: string): Promise<PushData> {
  const about = await sha256(`${which} ${deviceId}`);
  return { v: 1, id: await sealedAlike(as, handleKind.notification, `${opens}.${id}.${about}`), t, exp };
}

/** UX-52: the push's own id as far as a collapse id may be long (RFC 8030 §5.4: 32 characters), and nothing of the record's. */
export async function collapseId({ id }: PushData): Promise<string> {
  return (await sha256(id)).slice(0, 32);
}

/** What a push's id was made of, or undefined for anything else. */
export async function openedPush(as: Seal, handle: string): Promise<Pick<Ring, "opens" | "id"> | undefined> {
  const [opens, id] = (await unseal(as, handleKind.notification, handle))?.split(".") ?? [];
  return opens === undefined || id === undefined ? undefined : { opens: opens as Ring["opens"], id };
}

/** As it waits in the queue: ids and a time, nothing secret and nothing personal. */
export function queued({ t, exp, opens, id, which }: Ring, deviceId: string): string {
  return [t, exp, opens, id, which, deviceId].join(" ");
}

/** A ring and its device as they waited in the queue. */
export function ringOf(waiting: string): { readonly ring: Ring; readonly deviceId: string } {
  const [t = "", exp = "", opens = "", id = "", which = "", deviceId = ""] = waiting.split(" ");
  return {
    ring: { t: t as PushKind, exp: Number(exp), opens: opens as Ring["opens"], id, which },
    deviceId,
  };
}
