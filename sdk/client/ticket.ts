import {
  type DPoPHandle,
  genericGrantRequest,
  getDPoPHandle,
  ResponseBodyError,
  randomDPoPKeyPair,
  type TokenEndpointResponse,
} from "openid-client";
import { grantType } from "../../protocol/oauth.ts";
import { ID_TOKEN_FORMATS } from "../../protocol/uma.ts";
import type { Exchange } from "../exchange.ts";
import { rethrown } from "./refusal.ts";

/** What may say who uses this Client now (UMA Grant §3.3.1), and what it holds already. */
export interface Presented {
  /** An ID token of theirs: ours by the exchange, or of an issuer the exchange trusts. */
  readonly claim_token?: string | undefined;
  /** What a former approval came with. Send it only for the person it came for (UMA Grant §5.2). */
  readonly pct?: string | undefined;
  /** An RPT to be upgraded, over or not. */
  readonly rpt?: string | undefined;
  /** Scope values beyond what the Resource Server asks for. */
  readonly scope?: string | undefined;
  /** Of ours, where we have several for a kind of data. */
  readonly purpose?: string | undefined;
}

/** Seconds, where the exchange says none. */
const DEFAULT_INTERVAL = 5;

/** What the token endpoint answered to a ticket. */
export type TicketAnswer =
  | { readonly outcome: "granted"; readonly tokens: TokenEndpointResponse; readonly DPoP: DPoPHandle }
  | { readonly outcome: "need_info"; readonly ticket: string; readonly redirect_user?: string }
  | { readonly outcome: "request_submitted"; readonly ticket: string; readonly interval: number };

/**
 * Presents a ticket, which spends it: what can go on goes on with the one in the answer.
 *
 * @throws {Refusal} `request_denied`, `invalid_grant`, `invalid_scope`, …
 * @see UMA Grant §3.3.1, §3.3.5, §3.3.6
 */
export async function presented(exchange: Exchange, ticket: string, what: Presented): Promise<TicketAnswer> {
  const DPoP = getDPoPHandle(exchange, await randomDPoPKeyPair("ES256"));
  const { claim_token, ...more } = what;
  const parameters = {
    ticket,
    ...(claim_token !== undefined && { claim_token, claim_token_format: ID_TOKEN_FORMATS[0] }),
    ...more,
  };
  const sent = Object.entries(parameters).filter((named): named is [string, string] => named[1] !== undefined);
  try {
    const tokens = await genericGrantRequest(exchange, grantType.uma_ticket, new URLSearchParams(sent), { DPoP });
    return { outcome: "granted", tokens, DPoP };
  } catch (failure) {
    const next = failure instanceof ResponseBodyError ? nextOf(failure) : undefined;
    if (next === undefined) return rethrown(failure);
    // §5.5: single use
    if (next.ticket === ticket) throw new TypeError("the exchange answered with the ticket it was sent");
    return next;
  }
}

function nextOf({ error, cause }: ResponseBodyError): Exclude<TicketAnswer, { outcome: "granted" }> | undefined {
  const { ticket, interval, redirect_user } = cause;
  if (typeof ticket !== "string") return undefined;
  if (error === "request_submitted")
    return { outcome: error, ticket, interval: typeof interval === "number" ? interval : DEFAULT_INTERVAL };
  if (error === "need_info")
    return { outcome: error, ticket, ...(typeof redirect_user === "string" && { redirect_user }) };
  return undefined;
}
