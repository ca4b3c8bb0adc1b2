import { sha256 } from "../protocol/canonical-json.ts";
import { sameHash } from "./handles.ts";
import type { Person } from "./person.ts";
import { spelledCode } from "./random.ts";
import { type Seal, seal, unseal } from "./seal.ts";

/** Seconds from the ask until it opens: three days, in which every device of the person has heard of it (docs/decisions/recovery.md). */
export const WAIT = 259_200;
/** Seconds in which it can be used then: a week. */
export const OPEN = 604_800;

/** A way back into an account whose passkeys are lost. */
export interface Recovery {
  /** Sealed: where the printed code is found, and the hash of its secret. */
  readonly code?: string;
  readonly codeMadeAt?: number;
  /** "Not now" was said to making one. */
  readonly declined?: true;
  readonly asked?: AskedRecovery;
}

/** Somebody showed the code; what they hold opens the account when the wait is over, unless it is stopped. */
export interface AskedRecovery {
  /** Hash of the secret kept in their browser. */
  readonly hash: string;
  readonly at: number;
}

/** A code in its two parts: one finds the person, the other is the secret. */
export interface CodeParts {
  /** 40 bits. */
  readonly pointer: string;
  /** 120 bits. */
  readonly secret: string;
}

/** What was typed, or undefined if it cannot be a code. */
export async function recoveryCodeParts(typed: string): Promise<CodeParts | undefined> {
  const code = spelledCode(typed, 32);
  if (code === undefined) return undefined;
  return { pointer: await sha256(`recovery ${code.slice(0, 8)}`), secret: code.slice(8) };
}

/** As it is kept with the person. */
export async function sealedRecoveryCode(as: Seal, personId: string, { pointer, secret }: CodeParts): Promise<string> {
  return seal(as, "recoverycode", `${pointer} ${await secretHash(personId, secret)}`);
}

/** Where a kept code is found. */
export async function pointerOf(as: Seal, { code = "" }: Recovery): Promise<string | undefined> {
  return (await unseal(as, "recoverycode", code))?.split(" ")[0];
}

/** Whether this is the person's code; the same work whether or not they have one. */
export async function isRecoveryCode(
  as: Seal,
  personId: string,
  { code = "" }: Recovery,
  parts: CodeParts,
): Promise<boolean> {
  const [pointer = "", hash = ""] = (await unseal(as, "recoverycode", code))?.split(" ") ?? [];
  const brought = await secretHash(personId, parts.secret);
  return sameHash(pointer, parts.pointer) && sameHash(hash, brought);
}

/** From when until when an ask opens the account. */
export function windowOf({ at }: AskedRecovery): { readonly opensAt: number; readonly endsAt: number } {
  return { opensAt: at + WAIT, endsAt: at + WAIT + OPEN };
}

/** Whether an ask waits, is open, or is none any more. */
export function standingOf(asked: AskedRecovery, time: number): "waiting" | "open" | "over" {
  const { opensAt, endsAt } = windowOf(asked);
  if (time < opensAt) return "waiting";
  return time < endsAt ? "open" : "over";
}

/** A new code voids the one before and whatever was begun with it: who makes one has a passkey. */
export function withCode(person: Person, code: string, time: number): Person {
  return { ...person, recovery: { code, codeMadeAt: time } };
}

/** Whoever stops it says that it was somebody else: the code is void. */
export function stopped(person: Person): Person {
  return { ...person, recovery: {} };
}

/** Nothing is asked, and the code stays. */
export function unasked({ recovery: { asked: _, ...recovery } = {}, ...person }: Person): Person {
  return { ...person, recovery };
}

function secretHash(personId: string, secret: string): Promise<string> {
  return sha256(`recovery secret ${personId} ${secret}`);
}
