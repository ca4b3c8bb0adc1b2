import * as v from "valibot";
import { AuthorizationDetails } from "../protocol/authorization-details.ts";
import { type Parameters, tokens } from "../protocol/oauth.ts";
import type { Consent } from "./consent.ts";
import { scopesOf } from "./granted.ts";
import { OAuthError } from "./oauth-error.ts";

/** RFC 6749 §6, RFC 9396 §6: `scope` and `authorization_details` at the token endpoint never name more than was granted (N-32). We answer with all that was. */
export function narrowed(parameters: Parameters, consent: Consent): void {
  const granted = ["openid", ...scopesOf(consent.sources)];
  const wider = tokens(parameters.get("scope")).find((value) => !granted.includes(value));
  if (wider !== undefined) throw new OAuthError("invalid_scope", "a scope value that was not granted");

  const text = parameters.get("authorization_details");
  if (text === undefined) return;
  const grants = consent.sources.flatMap((source) => source.grants);
  for (const { type, actions } of parsed(text)) {
    const within = grants.some(
      (grant) => grant.type === type && actions.every((action) => grant.actions.includes(action)),
    );
    if (!within) throw new OAuthError("invalid_authorization_details", "a detail that was not granted");
  }
}

function parsed(text: string) {
  try {
    return v.parse(AuthorizationDetails, JSON.parse(text));
  } catch {
    throw new OAuthError("invalid_authorization_details", "malformed");
  }
}
