import { initiateBackchannelAuthentication } from "openid-client";
import type { AuthorizationDetail } from "../../protocol/authorization-details.ts";
import type { RequestContext } from "../../protocol/request-context.ts";
import type { Exchange } from "../exchange.ts";
import { rethrown } from "./refusal.ts";
import { scopeOf } from "./scope.ts";

/** What to ask a person for, and how to reach them. Say either `authorization_details` or `scope`. */
export interface Question {
  /** First contact: the one-time code the person's Wallet shows, or their Wallet name where they switched it on. */
  readonly login_hint: string;
  /** Kinds of data, actions, purpose and duration (docs/clients.md). */
  readonly authorization_details?: readonly AuthorizationDetail[];
  /** Scope values that mean the same, as `immunization-history.read`. */
  readonly scope?: string;
  /** Shown by you and on the person's device, so that they recognise the request: 1 to 50 of `A-Z a-z 0-9 . -` and space. */
  readonly binding_message: string;
  /** What you know of the device your user sits before; shown to the person as what you say, so that a stranger's request is seen to be one (FAPI-CIBA §5.3). */
  readonly request_context?: RequestContext;
}

/** A question on its way. Plain JSON: keep it and a restarted program goes on waiting. */
export interface Asked {
  readonly auth_req_id: string;
  /** Seconds between polls. */
  readonly interval: number;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * Asks a person, who need not be here: their device shows the request. Whether the hint reached anyone is not told.
 *
 * @throws {Refusal} `invalid_request`, `invalid_authorization_details`, `invalid_scope`, `unauthorized_client`, …
 * @see CIBA Core §7.1, RFC 9396 §2
 */
export async function start(exchange: Exchange, question: Question): Promise<Asked> {
  const { login_hint, authorization_details, scope, binding_message, request_context } = question;
  const { auth_req_id, interval, expires_in } = await initiateBackchannelAuthentication(exchange, {
    scope: scopeOf(scope),
    login_hint,
    ...(authorization_details !== undefined && { authorization_details: JSON.stringify(authorization_details) }),
    binding_message,
    ...(request_context !== undefined && { request_context: JSON.stringify(request_context) }),
  }).catch(rethrown);
  return { auth_req_id, interval: interval ?? 5, expiresAt: Math.floor(Date.now() / 1_000) + expires_in };
}
