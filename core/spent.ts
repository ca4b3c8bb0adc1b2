import { type Exchange, now } from "./exchange.ts";
import { sameHash } from "./handles.ts";
import { rewritten } from "./rewritten.ts";
import { tokensRevoked } from "./transitions.ts";

/** A handle that was used: remembered, so that a second use is known for what it is. */
export interface SpentHandle {
  readonly hash: string;
  readonly spentAtMs: number;
}

/** Arriving within this time of the first use is a race, not a replay. */
const RACE_MS = 1_000;

/** The newest four. */
export function withSpent(spent: readonly SpentHandle[], hash: string, nowMs: number): readonly SpentHandle[] {
  return [{ hash, spentAtMs: nowMs }, ...spent].slice(0, 4);
}

/** Whether this handle was spent before, and long enough ago that no network could have doubled the request (design §2). */
export function isReplay(spent: readonly SpentHandle[], hash: string, receivedAtMs: number): boolean {
  const before = spent.find((handle) => sameHash(handle.hash, hash));
  return before !== undefined && receivedAtMs - before.spentAtMs >= RACE_MS;
}

/** RFC 6749 §4.1.2, UMA Grant §5.5: the tokens a replayed handle led to die, refresh tokens too; the consent itself stays the person's (N-23, N-63). */
export async function replayed(as: Pick<Exchange, "records" | "nowMs">, consentId: string): Promise<void> {
  await rewritten(as.records.consents, consentId, (consent) =>
    consent?.state === "active" || consent?.state === "paused"
      ? tokensRevoked(consent, "replayed", now(as))
      : undefined,
  );
}
