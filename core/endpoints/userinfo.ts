import { tokens } from "../../protocol/oauth.ts";
import { openAccessToken } from "../access-token.ts";
import { presentedToken, verifyHolder } from "../binding.ts";
import { type Exchange, now } from "../exchange.ts";
import { challenged, missingToken, refusedToken, verifiedClaims } from "../own-token.ts";
import { subAtClient } from "../pairwise.ts";
import { whyConsentFails } from "../standing.ts";
import { userinfoOf } from "../userinfo-token.ts";
import type { ResourceRequest } from "./request.ts";

/** OIDC Core §5.3.2. A pairwise `sub` is all the exchange tells of anybody. */
export interface UserinfoResponse {
  readonly sub: string;
}

/**
 * OIDC Core §5.3: who signed in, for a token made for this endpoint, from whoever holds what it is bound to, while the consent stands (N-43, N-45).
 * @throws OAuthError invalid_token, invalid_dpop_proof, use_dpop_nonce or insufficient_scope, with the challenges of RFC 9449 §7.1 and RFC 6750 §3
 */
export async function userinfoEndpoint(as: Exchange, request: ResourceRequest): Promise<UserinfoResponse> {
  const presented = presentedToken(request.authorization);
  if (presented === undefined) throw missingToken();
  const claims = await verifiedClaims(as, presented.token, userinfoOf(as));
  const hangsOn = await openAccessToken(as, presented.token);
  if (claims.cnf === undefined || hangsOn === undefined) throw refusedToken("invalid_token", "no token of a consent");
  await verifyHolder(as, request, presented, claims.cnf).catch(challenged);
  if (!tokens(claims.scope).includes("openid")) throw refusedToken("insufficient_scope", "no openid");

  const [stored, revoked] = await Promise.all([
    as.records.consents.find(hangsOn.consentId),
    as.guards.find(`REVOKED#${hangsOn.jti}`),
  ]);
  const consent = stored?.value;
  if (consent === undefined || revoked !== undefined || consent.generation !== hangsOn.generation)
    throw refusedToken("invalid_token", "revoked, or of an older generation");
  const failure = await whyConsentFails(as, consent);
  const person = await as.registry.person(consent.personId);
  if (failure !== undefined || person === undefined || hangsOn.exp <= now(as))
    throw refusedToken("invalid_token", failure ?? "the person is gone");

  return { sub: await subAtClient(person, consent.clientId) };
}
