import { scopeOf } from "../protocol/authorization-details.ts";
import { type Parameters, tokens } from "../protocol/oauth.ts";
import type { Permission } from "../protocol/uma.ts";
import { readDetails, scopeDetails } from "./asked.ts";
import type { Consent, ConsentSource, SourceGrant } from "./consent.ts";
import { scopesOf } from "./granted.ts";
import { sameKind } from "./merge.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Client } from "./party.ts";
import type { Registry } from "./registry.ts";
import { invalidTarget, resourceNamed } from "./resources.ts";
import { type Part, partOf } from "./share.ts";
import { type AskedDetail, isSignIn } from "./terms.ts";

/** What a token request names of what was granted: nothing of a kind, and all of that kind stays. */
export interface Wanted {
  readonly resource?: string;
  /** Values as sent, those of Capability Tickets expanded. */
  readonly scope?: readonly string[];
  readonly details?: readonly AskedDetail[];
  /** Of the ticket door: resource by resource (UMA Grant §3.3.4). */
  readonly permissions?: readonly Permission[];
}

/**
 * RFC 6749 §6, RFC 8707 §2.2, RFC 9396 §6.
 * @throws OAuthError for what is malformed, or none of this Client's capabilities
 */
export async function readWanted(
  registry: Pick<Registry, "capabilityTicket" | "client">,
  parameters: Parameters,
  clientId: string,
): Promise<Wanted> {
  const [resource, client] = [resourceNamed(parameters), await registry.client(clientId)];
  if (client === undefined) throw new OAuthError("invalid_grant", "only a Client has consents");
  const text = parameters.get("authorization_details");
  return {
    ...(resource !== undefined && { resource }),
    ...(parameters.has("scope") && { scope: await readScope(registry, tokens(parameters.get("scope")), client) }),
    ...(text !== undefined && { details: await readDetails(registry, text, client) }),
  };
}

async function readScope(
  registry: Pick<Registry, "capabilityTicket">,
  scope: readonly string[],
  client: Client,
): Promise<readonly string[]> {
  const details = await scopeDetails(registry, scope, client);
  const openid = scope.filter((value) => value === "openid");
  return [...openid, ...details.flatMap(({ type, actions }) => actions.map((action) => scopeOf(type, action)))];
}

/** `openid`, where it was granted and a narrower scope keeps it. */
export function openidLeft({ scope }: Consent, { scope: wanted }: Wanted): readonly string[] {
  return scope.filter((value) => value === "openid" && (wanted === undefined || wanted.includes(value)));
}

/**
 * The granted sources a token may be for, in the person's order, each with what is left of it; none where only who signed in is told (OIDC Core §5.3).
 * @param userinfo the resource that opens it
 * @throws OAuthError temporarily_unavailable while the person has paused it; invalid_scope or invalid_authorization_details for what was not granted (N-32);
 * invalid_target for a source that was not granted, or nothing that is named lies at (N-33)
 */
export function partsWanted(consent: Consent, wanted: Wanted, userinfo: string): readonly Part[] {
  if (consent.state === "paused")
    throw new OAuthError("temporarily_unavailable", "paused by the person", { headers: { "retry-after": "300" } });
  if (consent.sources.length === 0 && !isSignIn(consent.terms))
    throw new OAuthError("invalid_grant", `the consent is ${consent.state}`);
  nothingWider(consent, wanted);
  const parts = consent.sources
    .map((source) =>
      partOf(
        source,
        source.grants.map((grant) => actionsLeft(consent, source, grant, wanted)),
        wanted.permissions,
      ),
    )
    .filter(({ left }) => left.grants.length > 0);
  const tells = openidLeft(consent, wanted).length > 0 ? [userinfo] : [];
  const places = [...parts.map(({ source }) => source.location), ...tells];
  if (wanted.resource !== undefined && !places.includes(wanted.resource))
    throw invalidTarget("a resource that was not granted");
  if (places.length === 0) throw new OAuthError("invalid_scope", "names nothing of what was granted");
  return parts;
}

function nothingWider(consent: Consent, { scope = [], details = [] }: Wanted): void {
  const granted = [...consent.scope.filter((value) => value === "openid"), ...scopesOf(consent.sources)];
  if (!scope.every((value) => granted.includes(value)))
    throw new OAuthError("invalid_scope", "a scope value that was not granted");
  for (const detail of details) {
    const { actions, locations = [] } = detail;
    const holding = consent.sources.filter((source) =>
      source.grants.some((grant) => isOfKind(detail, grant) && actions.every((one) => grant.actions.includes(one))),
    );
    if (holding.length === 0 || !locations.every((one) => holding.some(({ location }) => location === one)))
      throw new OAuthError("invalid_authorization_details", "a detail that was not granted");
  }
}

function isOfKind({ type, purpose = "" }: AskedDetail, grant: SourceGrant): boolean {
  return type === grant.type && (purpose === "" || purpose === grant.purpose);
}

/** What is named stays. A kind that is not named stays whole where the parameter it was asked by is left out (RFC 6749 §6, RFC 9396 §6). */
function actionsLeft(
  { terms }: Consent,
  { location }: ConsentSource,
  grant: SourceGrant,
  wanted: Wanted,
): readonly string[] {
  const { scope = [], details = [] } = wanted;
  const ofKind = details.filter((detail) => isOfKind(detail, grant));
  const here = ofKind.filter(({ locations = [] }) => locations.length === 0 || locations.includes(location));
  const named = grant.actions.filter(
    (action) =>
      scope.includes(scopeOf(grant.type, action)) ||
      here.some(({ actions, optional_actions = [] }) => [...actions, ...optional_actions].includes(action)),
  );
  if (named.length > 0 || ofKind.length > 0) return named;
  const term = terms.details.find((detail) => sameKind(detail, grant));
  const narrowing = term?.byScope ? wanted.scope : wanted.details;
  return narrowing === undefined ? grant.actions : [];
}
