import { grantType, type TokenResponse } from "../../protocol/oauth.ts";
import { bindingOf } from "../binding.ts";
import { authenticateClient } from "../client-authentication.ts";
import type { Exchange } from "../exchange.ts";
import { authorizationCodeGrant } from "../grants/authorization-code.ts";
import { cibaGrant } from "../grants/ciba.ts";
import { clientCredentialsGrant } from "../grants/client-credentials.ts";
import type { Grant } from "../grants/grant.ts";
import { refreshTokenGrant } from "../grants/refresh-token.ts";
import { umaTicketGrant } from "../grants/uma-ticket.ts";
import { OAuthError } from "../oauth-error.ts";
import type { FormRequest } from "./request.ts";

const grants: Readonly<Record<string, Grant>> = {
  [grantType.authorization_code]: authorizationCodeGrant,
  [grantType.ciba]: cibaGrant,
  [grantType.client_credentials]: clientCredentialsGrant,
  [grantType.refresh_token]: refreshTokenGrant,
  [grantType.uma_ticket]: umaTicketGrant,
};

/** RFC 6749 §3.2. Its tokens are bound to what the request shows to hold. */
export async function tokenEndpoint(as: Exchange, request: FormRequest): Promise<TokenResponse> {
  const { parameters, receivedAtMs } = request;
  const party = await authenticateClient(as, request);
  const name = parameters.get("grant_type");
  if (name === undefined) throw new OAuthError("invalid_request", "no grant_type");
  const grant = Object.hasOwn(grants, name) ? grants[name] : undefined;
  if (grant === undefined) throw new OAuthError("unsupported_grant_type", "a grant type that is not there");
  if (!party.grant_types.some((registered) => registered === name))
    throw new OAuthError("unauthorized_client", `${party.client_id} is not registered for ${name}`);
  const cnf = await bindingOf(as, party, request);

  return grant(as, { party, parameters, cnf, receivedAtMs });
}
