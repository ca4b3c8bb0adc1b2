import type { KeptKey } from "./kept-key.ts";

/** A pair, signed with from `usedFrom` until the next one's. */
export interface RingKey extends KeptKey {
  readonly usedFrom: number;
}

/**
 * The keys of tokens, oldest first, never none (design §4, operations C6).
 *
 *     made, published ──24 h──▶ in use ──the next is due──▶ retired, published ──15 min──▶ gone
 *
 * Every step but the making is the clock's: no environment has to be told. Where no next one was made, the one in use stays.
 */
export type TokenKeyRing = readonly RingKey[];

/** 24 hours, and ten minutes until every environment (60 s) and every cache of the document (300 s) has it. */
const AHEAD = 86_400 + 600;
/** The last token (300 s), caches of the document (300 s), and a margin for clocks. */
const GONE_AFTER = 900;
/** A day, less what a schedule may be early by. */
const TURN_AFTER = 82_800;

/** Before its first turn: the key whoever came first made, in use at once. */
export function firstRing(first: KeptKey): TokenKeyRing {
  return [{ ...first, usedFrom: first.createdAt }];
}

/** The one to sign with now. */
export function inUse<K extends RingKey>(ring: readonly K[], now: number): K {
  const key = ring.findLast(({ usedFrom }) => usedFrom <= now) ?? ring[0];
  if (key === undefined) throw new Error("a ring without a key");
  return key;
}

/** Those to verify with now: the one in use, the next, and retired ones whose last token may still be about. */
export function published<K extends RingKey>(ring: readonly K[], now: number): readonly K[] {
  return ring.filter((_, n) => now < (ring[n + 1]?.usedFrom ?? Infinity) + GONE_AFTER);
}

/** Whether the newest is a day old: said twice in a day, it turns once. */
export function isDue(ring: TokenKeyRing, now: number): boolean {
  return (ring.at(-1)?.createdAt ?? 0) + TURN_AFTER <= now;
}

/** With the next key, and without what is gone. */
export function turned(ring: TokenKeyRing, next: KeptKey, now: number): TokenKeyRing {
  return [...published(ring, now), { ...next, usedFrom: now + AHEAD }];
}
