import type { Consent } from "./consent.ts";
import type { Person } from "./person.ts";
import type { Change } from "./proposal.ts";

/** UX-36: so many declines of one Client within a day keep it out for a day. */
const DECLINES = 3;
const DAY = 86_400;

export interface Decline {
  readonly clientId: string;
  readonly requestId: string;
  readonly at: number;
}

/** The newest answer on a consent: to what was proposed on it, else to itself. */
export function lastAnswer(consent: Consent): Omit<Change, "answer"> & { readonly answer: string } {
  const { state, requestId, endedBy = "", endedAt = 0, decidedAt = 0, changes = [] } = consent;
  if (state === "declined") return { requestId, answer: endedBy, at: endedAt };
  return changes[0] ?? { requestId, answer: state === "requested" ? "" : "approved", at: decidedAt };
}

/**
 * The person as their newest answer to the Client leaves them: a decline is counted, a yes makes good what was declined before. "I did not start this" needs no third time
 * (UX-10), what nobody answered is no decline, and who came through the person's own browser troubled nobody.
 * @returns undefined if there is nothing to write
 */
export function weighed(person: Person, consent: Consent): Person | undefined {
  const { declines = [] } = person;
  const { clientId } = consent;
  const { requestId, answer, at } = lastAnswer(consent);
  if (answer === "approved") {
    const others = declines.filter((decline) => decline.clientId !== clientId);
    return others.length === declines.length ? undefined : { ...person, declines: others };
  }
  const isDecline = answer === "wrong_number" || (answer === "declined" && consent.door !== "redirect");
  if (!isDecline || declines.some((decline) => decline.requestId === requestId)) return undefined;
  const recent = declines.filter((decline) => at < decline.at + DAY);
  return { ...person, declines: [{ clientId, requestId, at }, ...recent].slice(0, 50) };
}

/** Until when the Client is kept out, a day from its last decline on; undefined for one that was not declined so often. */
export function keptOutUntil({ declines = [] }: Person, clientId: string): number | undefined {
  const times = declines.filter((decline) => decline.clientId === clientId).map(({ at }) => at);
  return times.length >= DECLINES ? Math.max(...times) + DAY : undefined;
}
