import { tokenTypeOf } from "../protocol/confirmation.ts";
import { isCompactJws, type TokenResponse, tokens } from "../protocol/oauth.ts";
import { ACCESS_TOKEN_LIFE, type AccessTokenClaims, signed } from "./access-token.ts";
import { type Binding, mayBear, presentedToken, verifyHolder } from "./binding.ts";
import type { ResourceRequest } from "./endpoints/request.ts";
import { type Exchange, now } from "./exchange.ts";
import { challenged, missingToken, refusedToken, verifiedClaims } from "./own-token.ts";
import type { Party } from "./party.ts";
import { randomId } from "./random.ts";
import { partyOf } from "./registry.ts";

type OurScope = "uma_protection" | "operate" | "grant_management_query" | "grant_management_revoke";

/**
 * The party whose token opens one of our own endpoints, and who holds what it is bound to.
 * @throws OAuthError invalid_token, invalid_dpop_proof, use_dpop_nonce or insufficient_scope, with the challenges of RFC 9449 §7.1 and RFC 6750 §3
 */
export async function authorizedParty(
  as: Exchange,
  request: ResourceRequest,
  scope: Exclude<OurScope, "uma_protection">,
): Promise<Party> {
  return (await authorizedClaims(as, request, scope)).party;
}

/** The same with what the token says; one of scope `uma_protection` may speak for a person ({@link authorizedProtection}). */
export async function authorizedClaims(
  as: Exchange,
  request: Omit<ResourceRequest, "body">,
  scope: OurScope,
): Promise<{ readonly party: Party; readonly claims: AccessTokenClaims }> {
  const presented = presentedToken(request.authorization);
  if (presented === undefined) throw missingToken();
  const claims = await verifiedClaims(as, presented.token, as.issuer);
  await verifyHolder(as, request, presented, claims.cnf).catch(challenged);
  if ((await as.guards.find(`REVOKED#${claims.jti}`)) !== undefined)
    throw refusedToken("invalid_token", "the token was revoked");
  const party = await partyOf(as, claims.client_id);
  if (party?.status !== "active")
    throw refusedToken("invalid_token", `${claims.client_id} is ${party?.status ?? "gone"}`);
  if (claims.cnf === undefined && !(scope === "uma_protection" && mayBear(as, party)))
    throw refusedToken("invalid_token", "a token bound to nothing");
  if (!tokens(claims.scope).includes(scope) || !tokens(party.scope).includes(scope))
    throw refusedToken("insufficient_scope", `${claims.client_id} needs ${scope}`);
  return { party, claims };
}

/** RFC 7009 §2.1 of a party's own token for our endpoints; undefined for anything else. */
export async function ownPartyToken(
  as: Exchange,
  token: string,
  clientId: string,
): Promise<AccessTokenClaims | undefined> {
  if (!isCompactJws(token)) return undefined;
  const claims = await verifiedClaims(as, token, as.issuer).catch(() => undefined);
  return claims?.client_id === clientId ? claims : undefined;
}

/** A token for our own endpoints: of a party for itself, where `sub` is its own id, or of a Resource Server for a person. */
export async function ownToken(
  as: Pick<Exchange, "issuer" | "tokenKeys" | "nowMs">,
  who: Pick<AccessTokenClaims, "sub" | "client_id" | "generation">,
  scope: string,
  cnf: Binding,
): Promise<TokenResponse> {
  const iat = now(as);
  const claims: AccessTokenClaims = {
    iss: as.issuer,
    aud: as.issuer,
    ...who,
    iat,
    exp: iat + ACCESS_TOKEN_LIFE,
    jti: randomId(),
    ...(cnf !== undefined && { cnf }),
    scope,
  };
  return {
    access_token: await signed(as.tokenKeys, claims, "at+jwt"),
    token_type: tokenTypeOf(cnf),
    expires_in: ACCESS_TOKEN_LIFE,
    scope,
  };
}
