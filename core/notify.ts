import { askPerson, clientMayAsk, mayBeAsked } from "./ask.ts";
import { unasked } from "./authorization-request.ts";
import type { Ask, Consent } from "./consent.ts";
import { lastAnswer, weighed } from "./declines.ts";
import { type Exchange, now } from "./exchange.ts";
import { claimCode } from "./one-time-code.ts";
import { subAtClient } from "./pairwise.ts";
import { subHash } from "./person.ts";
import { askOf, isWaiting } from "./proposal.ts";
import { isQuietFor } from "./quiet-hours.ts";
import { rewritten } from "./rewritten.ts";
import { type Ringing, ringPerson } from "./ring.ts";
import { mayAsk } from "./uninvited.ts";

export type Notifying = Exchange & Ringing;

/** Seconds of silence after "I did not start this" (UX-10). */
const BLOCK = 86_400;

/** Seconds in which a device that was away still hears that something is over; later, its notification leads to a screen that says so. */
const CLEARING = 3_600;

/** A request was received: find whom its hint names and make the Consent to ask them. Nobody, locked, blocked, asked too often, and a Client suspended since are silence. Idempotent: every write is of an id chosen before. */
export async function requestReceived(as: Notifying, id: string): Promise<"asked" | "silence"> {
  const stored = await as.records.requests.find(id);
  if (stored?.value.state !== "received" || stored.value.expiresAt <= now(as)) return "silence";
  const request = stored.value;
  if (request.hint === undefined) return "silence";
  if (!(await clientMayAsk(as, request.clientId))) return "silence";
  const personId = await personNamedBy(as, id, request.hint);
  const person = personId === undefined ? undefined : (await as.records.people.find(personId))?.value;
  if (personId === undefined || person === undefined || !mayBeAsked(person, request.clientId, now(as)))
    return "silence";

  if (request.amends !== undefined && !(await isOf(as, request.consentId, personId))) return "silence";
  if (!(await mayAsk(as, id, request, personId, person))) {
    await as.records.requests.replace(id, stored, unasked(request));
    return "silence";
  }

  // Redeemed or asked meanwhile: the record says so already.
  return (await askPerson(as, id, stored, personId)) === "nothing to ask" ? "silence" : "asked";
}

/** A person is asked: ring every device that is theirs, but nobody uninvited in their quiet hours (UX-36). Push is a hint, the inbox has it anyway. */
export async function consentRequested(as: Notifying, id: string): Promise<number | "quiet"> {
  const consent = (await as.records.consents.find(id))?.value;
  if (consent === undefined || !isWaiting(consent, now(as)) || isHere(askOf(consent))) return 0;
  const { uninvited, requestId, expiresAt } = askOf(consent);
  if (uninvited && (await isQuietFor(as, consent.personId))) return "quiet";
  return ringPerson(as, consent.personId, { t: "r", exp: expiresAt, opens: "request", id, which: requestId });
}

/** Answered on one device, or ended by its Client or the clock: the others it rang on forget it (UX-60). */
export async function ringCleared(as: Notifying, consent: Consent, id: string): Promise<string> {
  const which = answeredNow(consent);
  if (which === undefined) return "none to clear";
  const ring = { t: "c", exp: now(as) + CLEARING, opens: "request", id, which } as const;
  return `${await ringPerson(as, consent.personId, ring)} to clear`;
}

/** Which request, unless the person was at the screen it came from. */
function answeredNow(consent: Consent): string | undefined {
  const { requestId, answer, at } = lastAnswer(consent);
  if (consent.state === "ended" && !(answer === "ended" && at === consent.endedAt)) return undefined;
  return requestId === consent.requestId && isHere(consent) ? undefined : requestId;
}

function isHere({ door }: Ask): boolean {
  return door === "redirect" || door === "claims";
}

/** A person approved: from now on the `sub` this Client will see in its ID token leads to them, as a hint. */
export async function consentApproved(as: Notifying, consent: Consent): Promise<"known"> {
  const person = await as.registry.person(consent.personId);
  if (person !== undefined) {
    const hash = await subHash(consent.clientId, await subAtClient(person, consent.clientId));
    await as.records.names.insert(hash, { to: consent.personId });
    if (lastAnswer(consent).answer === "approved" && weighed(person, consent) !== undefined)
      await rewritten(as.records.people, consent.personId, (known) => known && weighed(known, consent));
  }
  return "known";
}

/** A person answered: no is counted against the Client (UX-36), and "I did not start this" keeps it from asking for a day, invited or not, and is a report: what is returned is logged (UX-10). */
export async function answerWeighed(
  as: Notifying,
  consent: Consent,
): Promise<`reported ${string}` | "weighed" | "none"> {
  const { clientId, personId } = consent;
  const { answer, at } = lastAnswer(consent);
  if (answer === "approved") return "none";
  if (answer !== "not_me") {
    await rewritten(as.records.people, personId, (person) => person && weighed(person, consent));
    return "weighed";
  }
  const until = at + BLOCK;
  await rewritten(as.records.people, personId, (person) => {
    if (person === undefined || person.blocked.some((block) => block.clientId === clientId && block.until >= until))
      return undefined;
    const others = person.blocked.filter((block) => block.clientId !== clientId && block.until > now(as));
    return { ...person, blocked: [{ clientId, until }, ...others].slice(0, 50) };
  });
  return `reported ${clientId}`;
}

/** Grant Management §5.2: a hint that names somebody else than the grant's owner is silence, like one that names nobody. */
async function isOf(as: Notifying, consentId: string, personId: string): Promise<boolean> {
  return (await as.records.consents.find(consentId))?.value.personId === personId;
}

/** A code is spent by this request alone; a Wallet name counts only while its person has it switched on; a `sub` from the first approval on. */
async function personNamedBy(as: Notifying, id: string, hint: string): Promise<string | undefined> {
  const key = hint.slice(hint.indexOf(":") + 1);
  if (hint.startsWith("code:")) return claimCode(as, key, id);
  return (await as.records.names.find(key))?.value.to;
}
