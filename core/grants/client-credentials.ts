import { tokens } from "../../protocol/oauth.ts";
import { OAuthError } from "../oauth-error.ts";
import { ownToken } from "../party-token.ts";
import type { Grant } from "./grant.ts";

/** RFC 6749 §4.4: a party for itself, with a scope of its registration (`uma_protection`, `operate`). Never personal data (N-31). */
export const clientCredentialsGrant: Grant = async (as, { party, parameters, cnf }) => {
  const registered = tokens(party.scope);
  const scope = parameters.has("scope") ? tokens(parameters.get("scope")) : registered;
  if (scope.length === 0 || !scope.every((value) => registered.includes(value)))
    throw new OAuthError("invalid_scope", `${party.client_id} asked for a scope it is not registered for`);
  return ownToken(as, { sub: party.client_id, client_id: party.client_id }, scope.join(" "), cnf);
};
