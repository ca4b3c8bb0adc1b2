import type { RequestContext } from "../protocol/request-context.ts";
import type { Permission } from "../protocol/uma.ts";
import type { NumberMatch } from "./number-match.ts";
import type { Change, Proposal } from "./proposal.ts";
import type { Reminder } from "./reminder.ts";
import type { Terms } from "./terms.ts";
import type { RequestingParty } from "./uma/requesting-party.ts";

/** What a person is asked. */
export interface Ask {
  readonly requestId: string;
  /** Through the redirect door, and at the claims interaction endpoint, the person is here already: nothing rings. */
  readonly door: "backchannel" | "redirect" | "ticket" | "claims";
  /** Whoever asks was not let in by a code of the person's: in their quiet hours it rings nowhere. */
  readonly uninvited?: true;
  readonly terms: Terms;
  readonly scope: readonly string[];
  readonly bindingMessage?: string;
  readonly context?: RequestContext;
  readonly numberMatch?: NumberMatch;
  readonly createdAt: number;
  /** The hard end for an answer. */
  readonly expiresAt: number;
}

/**
 * What a person decided, and what follows from it.
 *
 *     requested ──approve──▶ active ◀──pause/resume──▶ paused
 *         │ decline/expire      │ withdraw · expire · release (by the Client) · lapse (never collected)
 *         ▼                     ▼
 *      declined               ended     (never returns)
 *
 * `generation` makes access tokens of an older one inactive; a refresh token lives while its hash stands here. What the Client proposes to change waits beside
 * what is in force (`core/proposal.ts`).
 */
export interface Consent extends Ask {
  readonly state: "requested" | "declined" | "active" | "paused" | "ended";
  readonly personId: string;
  readonly clientId: string;
  /** Of the ticket door: who will see the data by the Client; else it is the person. */
  readonly requestingParty?: RequestingParty;
  readonly version: number;
  readonly generation: number;
  /** In the person's order; empty until approved. */
  readonly sources: readonly ConsentSource[];
  /** The newest ten that a change left out. */
  readonly left?: readonly LeftSource[];
  readonly refreshTokens: readonly RefreshToken[];
  /** SHA-256 of the secret in the `grant_id` the Client was told, if it was. */
  readonly grantIdHash?: string;
  /** At most one waits for the person's answer. */
  readonly proposal?: Proposal;
  /** How the newest four were answered. */
  readonly changes?: readonly Change[];
  readonly decidedAt?: number;
  readonly endsAt?: number;
  /** While it is paused: since when. */
  readonly pausedAt?: number;
  /** Since when it is out of its person's own view; only what is over can be. */
  readonly forgottenAt?: number;
  readonly reminder?: Reminder;
  readonly endedAt?: number;
  readonly endedBy?: EndedBy;
  /** When the Client acknowledged that it ended. */
  readonly heardAt?: number;
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
  /** When it acknowledged that the consent ended. */
  readonly heardAt?: number;
}

/** Was a source of this consent until `at`. */
export interface LeftSource extends Pick<ConsentSource, "resourceServerId" | "handle" | "heardAt"> {
  readonly at: number;
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
  /** Of the ticket door: what it was given for, and no more of the consent (UMA Grant §3.6). */
  readonly permissions?: readonly Permission[];
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
  /** Of an approval. */
  readonly evidenceHash?: string;
}

/** What may follow what; anything else is a bug in the caller, which must have looked first. */
const follows: Record<Consent["state"], readonly Consent["state"][]> = {
  requested: ["active", "declined"],
  active: ["active", "paused", "ended"],
  paused: ["paused", "active", "ended"],
  declined: [],
  ended: [],
};

export function requested(asked: Ask & Pick<Consent, "personId" | "clientId" | "requestingParty">): Consent {
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

/** What a person chose at an approval, and what proves it. */
export type Decided = Required<
  Pick<Consent, "sources" | "endsAt" | "decidedAt" | "noticeHash" | "evidenceHash" | "decisionId">
>;

export function approved(consent: Consent, decided: Decided): Consent {
  const { decidedAt, evidenceHash } = decided;
  return moved({ ...consent, ...decided }, "active", decidedAt, "person", "approved", evidenceHash);
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

/** With the consent goes what was proposed to change it. */
export function ended(
  { proposal, ...consent }: Consent,
  by: "withdrawn" | "released" | "expired" | "lapsed",
  at: number,
): Consent {
  const actor = by === "withdrawn" ? "person" : by === "released" ? "client" : "exchange";
  const over = {
    ...consent,
    ...(proposal !== undefined && {
      changes: withChange(consent, { requestId: proposal.requestId, answer: "ended", at }),
    }),
    endedAt: at,
    endedBy: by,
    refreshTokens: [],
    generation: consent.generation + 1,
  };
  return moved(over, "ended", at, actor, by);
}

/** The newest four answers to proposals. */
export function withChange({ changes = [] }: Consent, change: Change): readonly Change[] {
  return [change, ...changes].slice(0, 4);
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

/** The one way a consent moves: only where the table above allows, and noted among the last 16 transitions. */
export function moved(
  next: Consent,
  to: Consent["state"],
  at: number,
  by: Transition["by"],
  what: string,
  evidenceHash?: string,
): Consent {
  if (!follows[next.state].includes(to)) throw new Error(`a ${next.state} consent cannot become ${to}`);
  const transition = { at, to, by, what, ...(evidenceHash !== undefined && { evidenceHash }) };
  return { ...next, state: to, transitions: [transition, ...next.transitions].slice(0, 16) };
}

/** Answered on another device than its flow began on: the number proves that both are before one person, and only the page that waits goes on (N-70, RFC 10027 §6.1). */
export function isElsewhere({ door, numberMatch }: Pick<Ask, "door" | "numberMatch">): boolean {
  return door === "redirect" && numberMatch !== undefined;
}

/** The clock's view: a consent past its end is over, whether or not that was written yet. */
export function isInForce(consent: Consent, now: number): boolean {
  return consent.state === "active" && consent.endsAt !== undefined && now < consent.endsAt;
}
