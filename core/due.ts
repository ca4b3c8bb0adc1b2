import type { Consent } from "./consent.ts";
import { LAPSE_AFTER } from "./consent-kind.ts";
import { type Exchange, now } from "./exchange.ts";
import { turnedDown } from "./proposal.ts";
import { remindedNow } from "./remind.ts";
import { ended } from "./transitions.ts";

type Clocked = Pick<Exchange, "records" | "registry" | "nowMs">;

/** What a minute's look at the clock writes: expiry on read alone would produce no event. */
export async function writeWhatIsDue(as: Clocked): Promise<number> {
  const ids = await as.records.find.due(now(as));
  const written = await Promise.all(ids.map((id) => writeDue(as, id)));
  return written.filter((steps) => steps > 0).length;
}

/** Step by step until nothing is due. A conflict is somebody else's step; the next minute looks again. */
async function writeDue(as: Clocked, id: string): Promise<number> {
  for (let steps = 0; ; steps++) {
    const stored = await as.records.consents.find(id);
    const next = stored && (overdue(stored.value, now(as)) ?? (await remindedNow(as, stored.value, now(as))));
    if (stored === undefined || next === undefined) return steps;
    if ((await as.records.consents.replace(id, stored, next)) === "conflict") return steps;
  }
}

/** The consent as the clock leaves it, or undefined if nothing is due. */
export function overdue(consent: Consent, time: number): Consent | undefined {
  if (consent.state === "requested")
    return time >= consent.expiresAt ? turnedDown(consent, "unanswered", time) : undefined;
  if (consent.state !== "active" && consent.state !== "paused") return undefined;
  if (consent.endsAt !== undefined && time >= consent.endsAt) return ended(consent, "expired", time);
  const { collectedAt, decidedAt } = consent;
  if (collectedAt === undefined && decidedAt !== undefined && time >= decidedAt + LAPSE_AFTER)
    return ended(consent, "lapsed", time);
  const late = consent.proposal !== undefined && time >= consent.proposal.expiresAt;
  return late ? turnedDown(consent, "unanswered", time) : undefined;
}
