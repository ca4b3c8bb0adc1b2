import type { Parameters } from "../protocol/oauth.ts";
import { readAsked } from "./asked.ts";
import type { Exchange } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Client } from "./party.ts";
import { resourcesWished } from "./resources.ts";
import { type TermDetail, toTerms } from "./terms.ts";

/**
 * What a request asks, at either front door: read, expanded, filled in from the registry, and allowed by policy.
 * @throws OAuthError invalid_scope, invalid_authorization_details or invalid_target
 */
export async function requestTerms(
  as: Pick<Exchange, "issuer" | "registry" | "records" | "policy">,
  client: Client,
  parameters: Parameters,
): Promise<{ details: readonly TermDetail[]; scope: readonly string[]; decisionId: string }> {
  const resources = await resourcesWished(as, parameters);
  const asked = await readAsked(as.registry, parameters, client, resources);
  if (asked.details.length === 0) throw new OAuthError("invalid_request", "asks for nothing");

  const details = await toTerms(as.registry, client, asked);
  const decision = await as.policy({ step: "asked", client, details });
  if (decision.effect === "deny") throw new OAuthError("invalid_authorization_details", `policy: ${decision.code}`);

  return { details, scope: asked.scope, decisionId: decision.id };
}
