import { type Consent, ended } from "./consent.ts";
import { type Exchange, now } from "./exchange.ts";
import { turnedDown } from "./proposal.ts";

/** What a minute's look at the clock writes: expiry on read alone would produce no event. A conflict is somebody else's step; the next minute looks again. */
export async function endWhatIsDue(as: Pick<Exchange, "records" | "nowMs">): Promise<number> {
  const ids = await as.records.find.due(now(as));
  const written = await Promise.all(
    ids.map(async (id) => {
      const stored = await as.records.consents.find(id);
      const next = stored && overdue(stored.value, now(as));
      return (
        next !== undefined &&
        stored !== undefined &&
        (await as.records.consents.replace(id, stored, next)) === "replaced"
      );
    }),
  );
  return written.filter(Boolean).length;
}

/** The consent as the clock leaves it, or undefined if nothing is due. */
export function overdue(consent: Consent, time: number): Consent | undefined {
  if (consent.state === "requested")
    return time >= consent.expiresAt ? turnedDown(consent, "unanswered", time) : undefined;
  if (consent.state !== "active" && consent.state !== "paused") return undefined;
  if (consent.endsAt !== undefined && time >= consent.endsAt) return ended(consent, "expired", time);
  const lapsed =
    consent.collectedAt === undefined && consent.decidedAt !== undefined && time >= consent.decidedAt + 86_400;
  if (lapsed) return ended(consent, "lapsed", time);
  const late = consent.proposal !== undefined && time >= consent.proposal.expiresAt;
  return late ? turnedDown(consent, "unanswered", time) : undefined;
}
