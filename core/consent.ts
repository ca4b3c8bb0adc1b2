import { MISSES, type NumberMatch } from "./number-match.ts";
import type { Kind } from "./store.ts";
import type { Terms } from "./terms.ts";
import type { RequestingParty } from "./uma/requesting-party.ts";

/**
 * What a person decided, and what follows from it.
 *
 *     requested ──approve──▶ active ◀──pause/resume──▶ paused
 *         │ decline/expire      │ withdraw · expire · release (by the Client) · lapse (never collected)
 *         ▼                     ▼
 *      declined               ended     (never returns)
 *
 * `generation` makes access tokens of an older one inactive; a refresh token lives while its hash stands here.
 */
export interface Consent {
  readonly state: "requested" | "declined" | "active" | "paused" | "ended";
  readonly personId: string;
  readonly clientId: string;
  readonly requestId: string;
  /** Through the redirect door the person is here already: nothing rings. */
  readonly door: "backchannel" | "redirect" | "ticket";
  /** Of the ticket door: who will see the data by the Client; else it is the person. */
  readonly requestingParty?: RequestingParty;
  readonly terms: Terms;
  readonly scope: readonly string[];
  readonly bindingMessage?: string;
  readonly numberMatch?: NumberMatch;
  readonly version: number;
  readonly generation: number;
  /** In the person's order; empty until approved. */
  readonly sources: readonly ConsentSource[];
  readonly refreshTokens: readonly RefreshToken[];
  /** SHA-256 of the secret in the `grant_id` the Client was told, if it was. */
  readonly grantIdHash?: string;
  readonly createdAt: number;
  /** The hard end for an answer. */
  readonly expiresAt: number;
  readonly decidedAt?: number;
  readonly endsAt?: number;
  readonly endedAt?: number;
  readonly endedBy?: EndedBy;
  readonly collectedAt?: number;
  /** SHA-256 of the notice shown and of the assertion kept; both were written first, under their hash. */
  readonly noticeHash?: string;
  readonly evidenceHash?: string;
  readonly decisionId?: string;
  /** The newest 16, so that a missed revision can be rebuilt. */
  readonly transitions: readonly Transition[];
}

export interface ConsentSource {
  readonly linkId: string;
  readonly linkGeneration: number;
  readonly resourceServerId: string;
  /** The Resource Server's RFC 8707 identifier. */
  readonly location: string;
  /** This consent as this Resource Server knows it. */
  readonly handle: string;
  /** `sub` in tokens a Client can read: of this consent and Resource Server alone. */
  readonly sub: string;
  readonly grants: readonly SourceGrant[];
}

export interface SourceGrant {
  readonly type: string;
  readonly actions: readonly string[];
  readonly purpose: string;
  readonly resourceIds: readonly string[];
}

export interface RefreshToken {
  readonly hash: string;
  readonly issuedAt: number;
}

export type EndedBy =
  | "declined"
  | "not_me"
  | "unanswered"
  | "wrong_number"
  | "withdrawn"
  | "released"
  | "expired"
  | "lapsed";

export interface Transition {
  readonly at: number;
  readonly to: Consent["state"];
  readonly by: "client" | "person" | "exchange";
  readonly what: string;
}

/** What may follow what; anything else is a bug in the caller, which must have looked first. */
const follows: Record<Consent["state"], readonly Consent["state"][]> = {
  requested: ["active", "declined"],
  active: ["active", "paused", "ended"],
  paused: ["paused", "active", "ended"],
  declined: [],
  ended: [],
};

/** A Client never collected what was approved: the approval lapses. */
const LAPSE_AFTER = 86_400;

export const consentKind: Kind<Consent> = {
  name: "consent",
  key: (id) => ({ pk: `CONSENT#${id}`, sk: "CONSENT" }),
  index: (consent) => ({
    state: consent.state,
    person: consent.personId,
    party: consent.clientId,
    sort: `consent#${String(consent.createdAt).padStart(12, "0")}`,
    ...dueOf(consent),
  }),
};

function dueOf({ state, expiresAt, endsAt, collectedAt, decidedAt }: Consent): { due?: "due"; dueAt?: number } {
  if (state === "requested") return { due: "due", dueAt: expiresAt };
  if (state !== "active" && state !== "paused") return {};
  const end = endsAt ?? expiresAt;
  return { due: "due", dueAt: collectedAt === undefined ? Math.min(end, (decidedAt ?? 0) + LAPSE_AFTER) : end };
}

export function requested(
  asked: Pick<
    Consent,
    "personId" | "clientId" | "requestId" | "door" | "terms" | "scope" | "expiresAt" | "createdAt"
  > & {
    bindingMessage?: string;
    numberMatch?: NumberMatch;
    requestingParty?: RequestingParty;
  },
): Consent {
  return {
    ...asked,
    state: "requested",
    version: 1,
    generation: 1,
    sources: [],
    refreshTokens: [],
    transitions: [{ at: asked.createdAt, to: "requested", by: "client", what: "asked" }],
  };
}

export function approved(
  consent: Consent,
  decided: Required<Pick<Consent, "sources" | "endsAt" | "decidedAt" | "noticeHash" | "evidenceHash" | "decisionId">>,
): Consent {
  return moved({ ...consent, ...decided }, "active", decided.decidedAt, "person", "approved");
}

/** `not_me` and `wrong_number` are silence toward the Client; `unanswered` is the clock's decline. */
export function declined(
  consent: Consent,
  by: "declined" | "not_me" | "unanswered" | "wrong_number",
  at: number,
): Consent {
  const actor = by === "declined" || by === "not_me" ? "person" : "exchange";
  return moved({ ...consent, endedAt: at, endedBy: by }, "declined", at, actor, by);
}

/** N-79: another wrong number; the third ends the request. */
export function missed(consent: Consent, match: NumberMatch, at: number): Consent {
  const next = { ...consent, numberMatch: { ...match, misses: match.misses + 1 } };
  return next.numberMatch.misses < MISSES ? next : declined(next, "wrong_number", at);
}

export function ended(consent: Consent, by: "withdrawn" | "released" | "expired" | "lapsed", at: number): Consent {
  const actor = by === "withdrawn" ? "person" : by === "released" ? "client" : "exchange";
  return moved(
    { ...consent, endedAt: at, endedBy: by, refreshTokens: [], generation: consent.generation + 1 },
    "ended",
    at,
    actor,
    by,
  );
}

/** The newest five refresh tokens live on. */
export function collected(
  consent: Consent,
  token: RefreshToken | undefined,
  at: number,
  grantIdHash = consent.grantIdHash,
): Consent {
  const refreshTokens = token === undefined ? consent.refreshTokens : [token, ...consent.refreshTokens].slice(0, 5);
  return moved(
    {
      ...consent,
      refreshTokens,
      collectedAt: consent.collectedAt ?? at,
      ...(grantIdHash !== undefined && { grantIdHash }),
    },
    consent.state,
    at,
    "client",
    "collected",
  );
}

/** RFC 7009 §2.1, RFC 9700 §4.14.2: the tokens die, the consent stays. */
export function tokensRevoked(consent: Consent, what: "refresh token revoked" | "replayed", at: number): Consent {
  return moved(
    { ...consent, refreshTokens: [], generation: consent.generation + 1 },
    consent.state,
    at,
    "client",
    what,
  );
}

function moved(next: Consent, to: Consent["state"], at: number, by: Transition["by"], what: string): Consent {
  if (!follows[next.state].includes(to)) throw new Error(`a ${next.state} consent cannot become ${to}`);
  return { ...next, state: to, transitions: [{ at, to, by, what }, ...next.transitions].slice(0, 16) };
}

/** Answered on another device than its flow began on: the number proves that both are before one person, and only the page that waits goes on (N-70, RFC 10027 §6.1). */
export function isElsewhere({ door, numberMatch }: Pick<Consent, "door" | "numberMatch">): boolean {
  return door === "redirect" && numberMatch !== undefined;
}

/** The clock's view: a consent past its end is over, whether or not that was written yet. */
export function isInForce(consent: Consent, now: number): boolean {
  return consent.state === "active" && consent.endsAt !== undefined && now < consent.endsAt;
}
