import type { Parameters } from "../protocol/oauth.ts";
import { UMA_PROTECTION } from "../protocol/uma.ts";
import { readAsked } from "./asked.ts";
import type { Exchange } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Client, ResourceServer } from "./party.ts";
import { resourcesWished } from "./resources.ts";
import { isSignIn, type TermDetail, toTerms } from "./terms.ts";

interface RequestTerms {
  readonly details: readonly TermDetail[];
  readonly scope: readonly string[];
  /** Of the policy. */
  readonly decisionId: string;
}

/**
 * What a request asks, at either front door: read, expanded, filled in from the registry, and allowed by policy.
 * @throws OAuthError invalid_scope, invalid_authorization_details or invalid_target
 */
export async function requestTerms(
  as: Pick<Exchange, "issuer" | "registry" | "records" | "policy">,
  client: Client,
  parameters: Parameters,
): Promise<RequestTerms> {
  const resources = await resourcesWished(as, parameters);
  const asked = await readAsked(as.registry, parameters, client, resources);
  if (isSignIn(asked)) signsIn(asked.scope, parameters);

  const details = await toTerms(as.registry, client, asked);
  const decision = await as.policy({ step: "asked", client, details });
  if (decision.effect === "deny") throw new OAuthError("invalid_authorization_details", `policy: ${decision.code}`);

  return { details, scope: asked.scope, decisionId: decision.id };
}

/**
 * UMA FedAuthz §1.2: a Resource Server asks a person for this one scope, and for no data.
 * @throws OAuthError invalid_scope or invalid_authorization_details
 */
export async function linkTerms(
  as: Pick<Exchange, "policy">,
  { client_id }: ResourceServer,
  parameters: Parameters,
): Promise<RequestTerms> {
  if (parameters.get("scope") !== UMA_PROTECTION)
    throw new OAuthError("invalid_scope", "another scope than uma_protection");
  if (parameters.has("authorization_details"))
    throw new OAuthError("invalid_authorization_details", "authorization_details of a Resource Server");
  const decision = await as.policy({ step: "asked", client: { client_id, capabilities: [] }, details: [] });
  if (decision.effect === "deny") throw new OAuthError("access_denied", `policy: ${decision.code}`);
  return { details: [], scope: [UMA_PROTECTION], decisionId: decision.id };
}

/** `openid` alone is a sign-in: it has no sources to wish for, and changes no grant. */
function signsIn(scope: readonly string[], parameters: Parameters): void {
  if (!scope.includes("openid")) throw new OAuthError("invalid_scope", "asks for nothing");
  if (parameters.has("resource")) throw new OAuthError("invalid_target", "a source of nothing");
  if (parameters.has("grant_id")) throw new OAuthError("invalid_request", "a sign-in changes no grant");
}
