import { type Exchange, now } from "./exchange.ts";
import type { KeptKey, KeptKeys, KeptRing } from "./kept-key.ts";
import { firstRing, isDue, turned } from "./token-key-ring.ts";

export interface Turning extends Pick<Exchange, "nowMs"> {
  readonly kept: KeptKeys & KeptRing;
  /** A new pair; only the key service sees its private half. */
  readonly newTokenKey: () => Promise<KeptKey>;
}

/** What a day's look at the token keys writes: the next one. Of two at once one turns; a lost answer is a conflict, and the ring has turned all the same. */
export async function turnTokenKeys(as: Turning): Promise<"turned" | "not due" | "conflict"> {
  const stored = await as.kept.findRing();
  const ring = stored?.value ?? firstRing((await as.kept.find("token")) ?? (await insertedFirst(as)));

  if (!isDue(ring, now(as))) return "not due";
  const next = turned(ring, await as.newTokenKey(), now(as));

  return (await as.kept.replaceRing(stored, next)) === "replaced" ? "turned" : "conflict";
}

async function insertedFirst({ kept, newTokenKey }: Turning): Promise<KeptKey> {
  return kept.insertFirst("token", await newTokenKey());
}
