import { grantType, type TokenResponse } from "../../protocol/oauth.ts";
import { authenticateClient } from "../client-authentication.ts";
import { verifyDpopProof } from "../dpop.ts";
import type { Exchange } from "../exchange.ts";
import { authorizationCodeGrant } from "../grants/authorization-code.ts";
import { cibaGrant } from "../grants/ciba.ts";
import { clientCredentialsGrant } from "../grants/client-credentials.ts";
import type { Grant } from "../grants/grant.ts";
import { refreshTokenGrant } from "../grants/refresh-token.ts";
import { OAuthError } from "../oauth-error.ts";
import type { FormRequest } from "./request.ts";

const grants: Readonly<Record<string, Grant>> = {
  [grantType.authorization_code]: authorizationCodeGrant,
  [grantType.ciba]: cibaGrant,
  [grantType.client_credentials]: clientCredentialsGrant,
  [grantType.refresh_token]: refreshTokenGrant,
};

/**
 * RFC 6749 §3.2. Every token is bound to the key of the request's DPoP proof (RFC 9449 §5). The proof needs no record of its own:
 * the client assertion beside it is used once.
 */
export async function tokenEndpoint(as: Exchange, request: FormRequest): Promise<TokenResponse> {
  const { parameters, receivedAtMs } = request;
  const party = await authenticateClient(as, parameters);
  const name = parameters.get("grant_type");
  if (name === undefined) throw new OAuthError("invalid_request", "no grant_type");
  const grant = Object.hasOwn(grants, name) ? grants[name] : undefined;
  if (grant === undefined) throw new OAuthError("unsupported_grant_type", "a grant type that is not there");
  if (!party.grant_types.some((registered) => registered === name))
    throw new OAuthError("unauthorized_client", `${party.client_id} is not registered for ${name}`);
  const proof = await verifyDpopProof(as, request);

  return grant(as, { party, parameters, proof, receivedAtMs });
}
