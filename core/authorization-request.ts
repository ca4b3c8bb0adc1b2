import type { RequestContext } from "../protocol/request-context.ts";
import { UMA_PROTECTION } from "../protocol/uma.ts";
import type { NumberMatch } from "./number-match.ts";
import { type SpentHandle, withSpent } from "./spent.ts";
import type { Kind } from "./store.ts";
import type { Terms } from "./terms.ts";

/**
 * Delivery lives here, decisions live on the Consent.
 *
 *     received ──a person is found──▶ asked ──the handle is spent──▶ redeemed
 *         └───────────────────────────────┴──▶ ended
 */
export interface AuthorizationRequest {
  readonly state: "received" | "asked" | "redeemed" | "ended";
  readonly door: "backchannel" | "redirect";
  readonly clientId: string;
  /** Of the redirect door: where the code goes and what it is bound to. */
  readonly redirect?: Redirect;
  /** Of the back-channel door: which pointer names the person: `code:<hash>`, `name:<hash>` (a Wallet name) or `sub:<hash>` (a `sub` at this Client); resolved behind the answer, so that every hint costs the same (N-54). */
  readonly hint?: string;
  /** What was brought as `user_code`, sealed; gone once the hint is resolved. */
  readonly userCode?: string;
  readonly personId?: string;
  /** Chosen here; the Consent is made when there is a person to ask. Of a change, the Consent to change. */
  readonly consentId: string;
  readonly terms: Terms;
  readonly scope: readonly string[];
  readonly bindingMessage?: string;
  /** Of the back-channel door: what the Client says of the device it began on. */
  readonly context?: RequestContext;
  /** Grant Management §5.2. */
  readonly grantManagementAction?: "create" | "merge" | "replace";
  /** Of a change: the `grant_id` as the Client sent it, sealed, to be answered at redemption (§5.5). */
  readonly amends?: string;
  /** Of a back-channel Client that shows it, or of a flow that is answered on another device. */
  readonly numberMatch?: NumberMatch;
  /** Of a Resource Server that asks to become a source: the person said "not now". A yes is the Link. */
  readonly declinedAt?: number;
  /** SHA-256 of the secret of the handle in force. */
  readonly handleHash?: string;
  readonly spent: readonly SpentHandle[];
  /** Of a ping Client: `auth_req_id` and `client_notification_token`, sealed; gone once delivered. */
  readonly ping?: string;
  readonly createdAt: number;
  /** The hard end told to the Client. */
  readonly expiresAt: number;
  /** Of the policy's decision when asked. */
  readonly decisionId: string;
}

export interface Redirect {
  readonly redirect_uri: string;
  /** JARM §2.3: how the answer is written there. */
  readonly response_mode: "query" | "query.jwt";
  readonly state?: string;
  readonly nonce?: string;
  /** RFC 7636 §4.2, S256. */
  readonly code_challenge: string;
  /** RFC 9449 §10: the key the code is bound to. */
  readonly dpop_jkt?: string;
}

const DAY = 86_400;

export const requestKind: Kind<AuthorizationRequest> = {
  name: "request",
  key: (id) => ({ pk: `REQUEST#${id}`, sk: "REQUEST" }),
  index: ({ state, expiresAt }) => ({ state, deleteAt: expiresAt + DAY }),
};

/** A Resource Server asks to become the person's source: the answer is a Link, and no Consent is made. */
export function asksToLink({ scope }: Pick<AuthorizationRequest, "scope">): boolean {
  return scope.includes(UMA_PROTECTION);
}

/** Seconds for a person who took what a place asks, more than twenty hours, so that nobody reads against a clock (WCAG 2.2, 2.2.1): the soft end is the screen's. */
export const LINK_LASTS = 86_400;

/** The person is set once, by the step that learns it. */
export function asked(request: AuthorizationRequest, personId: string): AuthorizationRequest {
  if (request.state !== "received") throw new Error(`a ${request.state} request cannot be asked`);
  const { userCode: _, ...rest } = request;
  const longer = asksToLink(rest) && { expiresAt: rest.createdAt + LINK_LASTS };
  return { ...rest, state: "asked", personId, ...longer };
}

/** The person's Wallet is on another device: whoever answers there must know this number. */
export function sentElsewhere(request: AuthorizationRequest, numberMatch: NumberMatch): AuthorizationRequest {
  if (request.state !== "received" || request.door !== "redirect")
    throw new Error(`a ${request.state} request of the ${request.door} door stays where it is`);
  return { ...request, numberMatch };
}

/** They answer in the browser the flow began in after all: the number, and the page that shows it, count no more. */
export function keptHere({ numberMatch: _, ...rest }: AuthorizationRequest): AuthorizationRequest {
  return rest;
}

/** "Not now" to a Resource Server that asks to become a source. */
export function turnedDown(request: AuthorizationRequest, at: number): AuthorizationRequest {
  if (request.state !== "asked") throw new Error(`a ${request.state} request cannot be turned down`);
  return { ...request, declinedAt: at };
}

/** RFC 9126 §4: the request_uri is used up when the flow is completed, and a code takes its place. */
export function completed(request: AuthorizationRequest, codeHash: string, nowMs: number): AuthorizationRequest {
  const { handleHash, spent } = request;
  if (request.state !== "asked" || handleHash === undefined)
    throw new Error(`a ${request.state} request cannot be completed`);
  return { ...request, handleHash: codeHash, spent: withSpent(spent, handleHash, nowMs) };
}

/** Nothing will come of it: its handle is spent and no other takes its place. */
export function ended(request: AuthorizationRequest, nowMs: number): AuthorizationRequest {
  const { handleHash, ...rest } = request;
  const spent = handleHash === undefined ? request.spent : withSpent(request.spent, handleHash, nowMs);
  return { ...rest, state: "ended", spent };
}

/** Nobody will be asked; the Client learns it from silence: its handle goes on. */
export function unasked(request: AuthorizationRequest): AuthorizationRequest {
  if (request.state !== "received") throw new Error(`a ${request.state} request was asked`);
  const { userCode: _, ...rest } = request;
  return { ...rest, state: "ended" };
}

/** At most one redemption: the handle moves to the spent ones. */
export function redeemed(request: AuthorizationRequest, nowMs: number): AuthorizationRequest {
  const { handleHash, ping: _, ...rest } = request;
  if (handleHash === undefined) throw new Error("a request without a handle cannot be redeemed");
  return { ...rest, state: "redeemed", spent: withSpent(request.spent, handleHash, nowMs) };
}

/** The Client was told, or never will be. */
export function pinged({ ping: _, ...rest }: AuthorizationRequest): AuthorizationRequest {
  return rest;
}
