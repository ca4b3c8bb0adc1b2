import type { DPoPHandle, TokenEndpointResponse, TokenEndpointResponseHelpers } from "openid-client";
import type { GrantedDetail } from "../../protocol/oauth.ts";
import type { Exchange } from "../exchange.ts";
import type { Agreement } from "./agreement.ts";
import { type Source, sources } from "./source.ts";

export interface Approved {
  readonly agreement: Agreement;
  /** The sources the person chose, the preferred first. */
  readonly sources: readonly Source[];
}

/** What the token endpoint answered to an approval, through whichever door. */
export function approvedOf(
  exchange: Exchange,
  granted: TokenEndpointResponse & TokenEndpointResponseHelpers,
  DPoP: DPoPHandle,
): Approved {
  const { access_token, refresh_token, authorization_details } = granted;
  const sub = granted.claims()?.sub;
  if (refresh_token === undefined || sub === undefined) throw new TypeError("no refresh_token or no id_token");
  const agreement = {
    refresh_token,
    authorization_details: (authorization_details ?? []) as unknown as GrantedDetail[],
    sub,
  };
  const until = Date.now() + (granted.expires_in ?? 60) * 1_000;
  return { agreement, sources: sources(exchange, agreement, { access_token, DPoP, until }) };
}
