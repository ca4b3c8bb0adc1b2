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
  readonly door: "backchannel";
  readonly clientId: string;
  /** Which pointer names the person: `code:<hash>` or `name:<hash>`; resolved behind the answer, so that every hint costs the same (N-54). */
  readonly hint: string;
  readonly personId?: string;
  /** Chosen here; the Consent is made when there is a person to ask. */
  readonly consentId: string;
  readonly terms: Terms;
  readonly scope: readonly string[];
  readonly bindingMessage?: string;
  /** SHA-256 of the secret of the handle in force. */
  readonly handleHash?: string;
  readonly spent: readonly SpentHandle[];
  readonly createdAt: number;
  /** The hard end told to the Client. */
  readonly expiresAt: number;
  /** Of the policy's decision when asked. */
  readonly decisionId: string;
}

export interface SpentHandle {
  readonly hash: string;
  readonly spentAtMs: number;
}

const DAY = 86_400;

export const requestKind: Kind<AuthorizationRequest> = {
  name: "request",
  key: (id) => ({ pk: `REQUEST#${id}`, sk: "REQUEST" }),
  index: ({ state, expiresAt }) => ({ state, deleteAt: expiresAt + DAY }),
};

/** The person is set once, by the step that learns it. */
export function asked(request: AuthorizationRequest, personId: string): AuthorizationRequest {
  if (request.state !== "received") throw new Error(`a ${request.state} request cannot be asked`);
  return { ...request, state: "asked", personId };
}

/** At most one redemption: the handle moves to the spent ones. */
export function redeemed(request: AuthorizationRequest, nowMs: number): AuthorizationRequest {
  const { handleHash, ...rest } = request;
  if (handleHash === undefined) throw new Error("a request without a handle cannot be redeemed");
  return { ...rest, state: "redeemed", spent: [{ hash: handleHash, spentAtMs: nowMs }, ...request.spent].slice(0, 4) };
}
