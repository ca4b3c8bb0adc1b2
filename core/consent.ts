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
 * The steps are in `core/transitions.ts`. `generation` makes access tokens of an older one inactive; a refresh token lives while its hash stands here. What the Client proposes to change waits beside
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

/** Answered on another device than its flow began on: the number proves that both are before one person, and only the page that waits goes on (N-70, RFC 10027 §6.1). */
export function isElsewhere({ door, numberMatch }: Pick<Ask, "door" | "numberMatch">): boolean {
  return door === "redirect" && numberMatch !== undefined;
}

/** The clock's view: a consent past its end is over, whether or not that was written yet. */
export function isInForce(consent: Consent, now: number): boolean {
  return consent.state === "active" && consent.endsAt !== undefined && now < consent.endsAt;
}
