import { createLocalJWKSet, jwtVerify } from "jose";
import { tokenTypeOf } from "../protocol/confirmation.ts";
import { isCompactJws, signingAlgorithms, type TokenResponse, tokens } from "../protocol/oauth.ts";
import { ACCESS_TOKEN_LIFE, type AccessTokenClaims, signed } from "./access-token.ts";
import { type Binding, mayBear, presentedToken, verifyHolder } from "./binding.ts";
import type { ResourceRequest } from "./endpoints/request.ts";
import { type Exchange, now } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Party } from "./party.ts";
import { randomId } from "./random.ts";
import { partyOf } from "./registry.ts";

/**
 * The party whose token opens one of our own endpoints, and who holds what it is bound to.
 * @throws OAuthError invalid_token, invalid_dpop_proof, use_dpop_nonce or insufficient_scope, with the challenges of RFC 9449 §7.1 and RFC 6750 §3
 */
export async function authorizedParty(
  as: Exchange,
  request: ResourceRequest,
  scope: "uma_protection" | "operate" | "grant_management_query" | "grant_management_revoke",
): Promise<Party> {
  const presented = presentedToken(request.authorization);
  if (presented === undefined) throw refused("invalid_token", "no access token in the header");
  const claims = await verifiedClaims(as, presented.token);
  await verifyHolder(as, request, presented, claims.cnf).catch(challenged);
  if ((await as.guards.find(`REVOKED#${claims.jti}`)) !== undefined)
    throw refused("invalid_token", "the token was revoked");
  const party = await partyOf(as, claims.client_id);
  if (party?.status !== "active") throw refused("invalid_token", `${claims.client_id} is ${party?.status ?? "gone"}`);
  if (claims.cnf === undefined && !(scope === "uma_protection" && mayBear(as, party)))
    throw refused("invalid_token", "a token bound to nothing");
  if (!tokens(claims.scope).includes(scope) || !tokens(party.scope).includes(scope))
    throw refused("insufficient_scope", `${claims.client_id} needs ${scope}`);
  return party;
}

/** RFC 7009 §2.1 of a party's own token for our endpoints; undefined for anything else. */
export async function ownPartyToken(
  as: Exchange,
  token: string,
  clientId: string,
): Promise<AccessTokenClaims | undefined> {
  if (!isCompactJws(token)) return undefined;
  const claims = await verifiedClaims(as, token).catch(() => undefined);
  return claims?.client_id === clientId ? claims : undefined;
}

async function verifiedClaims(as: Exchange, token: string): Promise<AccessTokenClaims> {
  try {
    const keys = createLocalJWKSet({ keys: [...(await as.tokenKeys.published())] });
    const { payload } = await jwtVerify<AccessTokenClaims>(token, keys, {
      typ: "at+jwt",
      algorithms: ["ES256"],
      issuer: as.issuer,
      audience: as.issuer,
      requiredClaims: ["exp", "jti", "client_id"],
      currentDate: new Date(as.nowMs()),
    });
    return payload;
  } catch (cause) {
    throw refused("invalid_token", (cause as Error).message);
  }
}

/** RFC 9449 §7.1, RFC 6750 §3: a refusal of the token or its proof carries a challenge; anything else goes as it is. */
function challenged(error: unknown): never {
  if (!(error instanceof OAuthError)) throw error;
  const { code, message, headers } = error;
  if (code === "use_dpop_nonce") throw refused(code, message, { headers, status: 401 });
  throw code === "invalid_token" || code === "invalid_dpop_proof" ? refused(code, message) : error;
}

function refused(
  code: "invalid_token" | "invalid_dpop_proof" | "use_dpop_nonce" | "insufficient_scope",
  reason: string,
  { headers = {}, ...more }: { headers?: Readonly<Record<string, string>>; status?: number } = {},
) {
  const challenge = `DPoP error="${code}", algs="${signingAlgorithms.join(" ")}", Bearer error="${code}"`;
  return new OAuthError(code, reason, { headers: { "www-authenticate": challenge, ...headers }, ...more });
}

/** A token of a party for our own endpoints: no person stands behind it, only its registration. */
export async function partyToken(
  as: Pick<Exchange, "issuer" | "tokenKeys" | "nowMs">,
  party: Party,
  scope: string,
  cnf: Binding,
): Promise<TokenResponse> {
  const iat = now(as);
  const claims: AccessTokenClaims = {
    iss: as.issuer,
    aud: as.issuer,
    sub: party.client_id,
    client_id: party.client_id,
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
