import { sha256 } from "../protocol/canonical-json.ts";
import type { OneTimeCode } from "../protocol/wallet.ts";
import { type Exchange, now } from "./exchange.ts";
import { randomCode, spelledCode } from "./random.ts";

/** 10 minutes to type it. */
const LIFE = 600;

export type CodeUse = "app" | "source";

/** Codes of one use never serve the other; stored under their hash alone. */
export function codeKey(use: CodeUse, spelled: string): Promise<string> {
  return sha256(`code ${use} ${spelled}`);
}

/** A code that leads to this person, once. */
export async function newCode(
  as: Pick<Exchange, "guards" | "nowMs">,
  use: CodeUse,
  personId: string,
): Promise<OneTimeCode> {
  const code = randomCode();
  const expiresAt = now(as) + LIFE;
  await as.guards.put(`CODE#${await codeKey(use, code.replace("-", ""))}`, { personId }, expiresAt);
  return { code, expiresAt };
}

/** Whom a code leads to; spent by the first claimant, who may ask again (a stream delivers at least once). */
export async function claimCode(
  as: Pick<Exchange, "guards">,
  key: string,
  claimant: string,
): Promise<string | undefined> {
  const value = await as.guards.claim(`CODE#${key}`, claimant);
  return typeof value?.["personId"] === "string" ? value["personId"] : undefined;
}

/** The key of what an owner typed on a source's page, or undefined if it cannot be a code. */
export async function sourceCodeKey(typed: string): Promise<string | undefined> {
  const spelled = spelledCode(typed);
  return spelled === undefined ? undefined : codeKey("source", spelled);
}
