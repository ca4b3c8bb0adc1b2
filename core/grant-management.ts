import { grantManagementScopes, type Parameters, tokens } from "../protocol/oauth.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Party } from "./party.ts";

/** Grant Management §5.2, §5.4: a Client asks for a grant of its own; changing one that is there is not offered. */
export function readGrantManagementAction(parameters: Parameters): "create" | undefined {
  const action = parameters.get("grant_management_action");
  if (action !== undefined && action !== "create")
    throw new OAuthError("invalid_request", "a grant_management_action that is not offered");
  if (parameters.has("grant_id")) throw new OAuthError("invalid_request", "a grant_id where nothing is changed");
  return action;
}

/** §5.5: who asked for it, or is registered to manage grants, is told the `grant_id`. */
export function isManaged(request: AuthorizationRequest, { scope }: Party): boolean {
  return (
    request.grantManagementAction === "create" || tokens(scope).some((value) => grantManagementScopes.includes(value))
  );
}
