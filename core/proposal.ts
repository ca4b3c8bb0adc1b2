import type { Ask, Consent, ConsentSource } from "./consent.ts";
import { mergedSources, mergedTerms } from "./merge.ts";
import { MISSES, type NumberMatch } from "./number-match.ts";
import { madeWay } from "./reminder.ts";
import { approved, type Decided, declined, moved, withChange } from "./transitions.ts";

/**
 * Grant Management §5.2: a change of a standing consent, asked for by its Client. The consent stays as it is until the person approves.
 *
 *     active or paused ──proposed──▶ the same, with a proposal ──accepted──▶ the same, version + 1, generation + 1
 *                                        └── turned down · superseded · the consent ends ──▶ as it was, without it
 */
export interface Proposal extends Ask {
  readonly action: "merge" | "replace";
}

/** How a proposal was answered: kept so that its Client, which may ask later, is told. */
export interface Change {
  readonly requestId: string;
  /** `ended`: with the consent. */
  readonly answer: "approved" | "ended" | TurnedDown;
  readonly at: number;
}

/** `not_me` and `wrong_number` are silence toward the Client; `unanswered` is the clock's, `superseded` the Client's own next proposal. */
export type TurnedDown = "declined" | "not_me" | "unanswered" | "wrong_number" | "superseded";

/** What waits for the person on this consent, or did: a proposal, else what the consent itself was asked with. */
export function askOf(consent: Consent): Ask {
  return consent.proposal ?? consent;
}

/** Whether a person can answer now. */
export function isWaiting(consent: Consent, time: number): boolean {
  return (consent.state === "requested" || consent.proposal !== undefined) && time < askOf(consent).expiresAt;
}

/** A change can be proposed and approved while the consent stands, even if the person has paused it. */
export function stands({ state, endsAt = 0 }: Consent, time: number): boolean {
  return (state === "active" || state === "paused") && time < endsAt;
}

/** The change waits from now on; a reminder makes way for it. */
export function proposed(consent: Consent, proposal: Proposal, at: number): Consent {
  if (consent.proposal !== undefined) throw new Error("one proposal waits already");
  return moved({ ...madeWay(consent), proposal }, consent.state, at, "client", `${proposal.action} proposed`);
}

/** The person said yes: to the consent, or to what was proposed, which makes its next version. Refresh tokens live on, access tokens of before do not. */
export function accepted(consent: Consent, decided: Decided): Consent {
  const { proposal, ...before } = consent;
  if (proposal === undefined) return approved(consent, decided);
  const { action, terms, scope, requestId } = proposal;
  const chosen = decided.sources.map((source) => onTheSameEdge(source, before.sources));
  const { decidedAt: at, evidenceHash } = decided;
  const sources = action === "merge" ? mergedSources(before.sources, chosen) : chosen;
  const next = {
    ...before,
    ...decided,
    ...leaving(before, sources, at),
    terms: action === "merge" ? mergedTerms(before.terms, terms) : terms,
    scope: action === "merge" ? [...new Set([...before.scope, ...scope])] : scope,
    sources,
    version: before.version + 1,
    generation: before.generation + 1,
    changes: withChange(before, { requestId, answer: "approved", at }),
  };
  return moved(next, before.state, at, "person", `${action} approved`, evidenceHash);
}

/** Who is a source no more. */
function leaving(
  { sources: before, left = [] }: Consent,
  sources: readonly ConsentSource[],
  at: number,
): Pick<Consent, "left"> {
  const gone = before.filter(({ handle }) => !sources.some((source) => source.handle === handle));
  if (gone.length === 0) return {};
  const more = gone.map(({ resourceServerId, handle }) => ({ resourceServerId, handle, at }));
  return { left: [...more, ...left].slice(0, 10) };
}

/** A Resource Server goes on knowing this consent by the handle it has. */
function onTheSameEdge(source: ConsentSource, before: readonly ConsentSource[]): ConsentSource {
  const known = before.find(({ linkId }) => linkId === source.linkId);
  return known === undefined ? source : { ...source, handle: known.handle, sub: known.sub };
}

/** A no, or what comes to the same: of a proposal the consent stays as it was. */
export function turnedDown(consent: Consent, answer: TurnedDown, at: number): Consent {
  const { proposal, ...before } = consent;
  if (proposal !== undefined) {
    const by =
      answer === "superseded" ? "client" : answer === "declined" || answer === "not_me" ? "person" : "exchange";
    const changes = withChange(before, { requestId: proposal.requestId, answer, at });
    return moved({ ...before, changes }, before.state, at, by, `${proposal.action} ${answer}`);
  }
  if (answer === "superseded") throw new Error("only a proposal is superseded");
  return declined(consent, answer, at);
}

/** N-79: another wrong number; the third ends the request. */
export function missed(consent: Consent, match: NumberMatch, at: number): Consent {
  const numberMatch = { ...match, misses: match.misses + 1 };
  const { proposal } = consent;
  const next =
    proposal === undefined ? { ...consent, numberMatch } : { ...consent, proposal: { ...proposal, numberMatch } };
  return numberMatch.misses < MISSES ? next : turnedDown(next, "wrong_number", at);
}

/** What became of one request on this consent; undefined while nothing has. With the consent ends every request on it. */
export function answerTo(consent: Consent, requestId: string): Change["answer"] | undefined {
  const change = consent.changes?.find((candidate) => candidate.requestId === requestId);
  if (change !== undefined && change.answer !== "approved") return change.answer;
  if (consent.state === "ended") return "ended";
  if (change !== undefined) return change.answer;
  if (consent.requestId !== requestId || consent.state === "requested") return undefined;
  return consent.state === "declined" ? (consent.endedBy as TurnedDown) : "approved";
}

/** Whether the Client's side is told that there is an answer: not of "I did not start this", wrong numbers, and what nobody answered. */
export function isTold(answer: Change["answer"] | undefined): boolean {
  return answer === "approved" || answer === "declined" || answer === "ended";
}
