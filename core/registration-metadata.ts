import * as v from "valibot";
import { CAPABILITY } from "../protocol/authorization-details.ts";
import type { Capability, Entitlement } from "../protocol/capability.ts";
import { bindings } from "../protocol/client-authentication.ts";
import { ClientMetadata, type Jwks, ResourceServerMetadata, UnusedAddresses } from "../protocol/registry.ts";
import { type Exchange, now } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Party, PartyKeys } from "./party.ts";
import { fetchedKeys, whyUnusable } from "./party-keys.ts";

type Admitting = Pick<Exchange, "issuer" | "egress" | "nowMs" | "registry" | "x509" | "mtlsOrigin" | "bearerPats">;
type WithKeys<T> = Omit<T, "jwks" | "jwks_uri"> & PartyKeys;

/** RFC 7591 §2 of a Client, in order; unknown members are ignored. Only the operator admits one that authenticates by a secret. */
export async function clientMetadata(
  as: Admitting,
  body: unknown,
  { secret = false } = {},
): Promise<WithKeys<ClientMetadata>> {
  const metadata = parsed(ClientMetadata, body);
  offered(as, metadata, secret);
  outside(as, metadata.client_uri, metadata.jwks_uri, metadata.backchannel_client_notification_endpoint);
  outside(as, metadata.policy_uri, metadata.security_event_endpoint);
  unused(as, body);
  redirects(as, metadata);
  for (const type of metadata.authorization_details_types ?? [])
    if (type !== CAPABILITY && (await as.registry.definition(type)) === undefined)
      throw invalid(`no definition ${type}`);
  return { ...metadata, ...(await keysOf(as, metadata)) };
}

function unused(as: Admitting, body: unknown): void {
  outside(as, ...Object.values(parsed(UnusedAddresses, body)));
}

type Redirecting = Pick<ClientMetadata | ResourceServerMetadata, "grant_types" | "redirect_uris"> &
  Partial<Pick<ClientMetadata, "claims_redirect_uris">>;

/** FAPI 2.0 §5.3.2.2: https, but for loopback where the deployment allows it; a Client that redirects says where to. */
function redirects(as: Admitting, metadata: Redirecting): void {
  const { grant_types, redirect_uris = [], claims_redirect_uris } = metadata;
  if (grant_types.includes("authorization_code") !== redirect_uris.length > 0)
    throw invalid("redirect_uris go with the grant authorization_code");
  const within = inside(as, [...redirect_uris, ...(claims_redirect_uris ?? [])]);
  if (within !== undefined) throw invalid(within, "invalid_redirect_uri");
}

/** What this exchange does not do cannot be chosen. */
function offered(
  { mtlsOrigin }: Admitting,
  metadata: Pick<Party, "token_endpoint_auth_method" | "tls_client_certificate_bound_access_tokens">,
  secret: boolean,
): void {
  const method = metadata.token_endpoint_auth_method;
  const needsMtls = method.endsWith("tls_client_auth") || metadata.tls_client_certificate_bound_access_tokens;
  if (needsMtls && mtlsOrigin === undefined) throw invalid("client certificates are not asked for here (RFC 8705)");
  if (method === "client_secret_basic" && !secret)
    throw invalid("token_endpoint_auth_method: only an operator admits a Client with a secret");
}

/** RFC 7591 §2 of a Resource Server, in order. */
export async function resourceServerMetadata(as: Admitting, body: unknown): Promise<WithKeys<ResourceServerMetadata>> {
  const metadata = parsed(ResourceServerMetadata, body);
  offered(as, metadata, false);
  if (bindings(metadata) === 0 && !as.bearerPats)
    throw invalid("dpop_bound_access_tokens: bearer tokens are not given out here");
  if (new URL(metadata.resource).origin === new URL(as.issuer).origin)
    throw invalid("resource: this exchange's own address");
  outside(as, metadata.client_uri, metadata.resource, metadata.jwks_uri, metadata.initiate_login_uri);
  outside(as, metadata.policy_uri, metadata.security_event_endpoint);
  redirects(as, metadata);
  unused(as, body);
  return { ...metadata, ...(await keysOf(as, metadata)) };
}

/** What an operator gives must be there, and so must what it is made of. */
export async function knownEntitlement(
  as: Pick<Exchange, "registry">,
  { capabilities, capability_tickets = [] }: Entitlement,
): Promise<void> {
  await knownCapabilities(as, capabilities);
  for (const id of capability_tickets)
    if ((await as.registry.capabilityTicket(id)) === undefined) throw invalid(`no capability ticket ${id}`);
}

/** A capability for what no definition or purpose knows would never work: say so now. */
export async function knownCapabilities(
  as: Pick<Exchange, "registry">,
  capabilities: readonly Capability[],
): Promise<void> {
  for (const { type, actions, purpose } of capabilities) {
    const definition = await as.registry.definition(type);
    if (definition === undefined) throw invalid(`no definition ${type}`);
    const unknown = actions.find((action) => !Object.hasOwn(definition.actions, action));
    if (unknown !== undefined) throw invalid(`${type} has no action ${unknown}`);
    if ((await as.registry.purpose(purpose)) === undefined) throw invalid(`no purpose ${purpose}`);
  }
}

/** Keys that could never serve are refused now, not at their first use; a key set to fetch must be there. */
async function keysOf(as: Admitting, metadata: ClientMetadata | ResourceServerMetadata): Promise<PartyKeys> {
  const keys = await registeredKeys(as, metadata);
  if (metadata.token_endpoint_auth_method === "self_signed_tls_client_auth" && !keys.jwks.keys.some(({ x5c }) => x5c))
    throw invalid("jwks: no certificate in an x5c (RFC 8705 §2.2.2)");
  return keys;
}

async function registeredKeys(
  as: Admitting,
  { jwks, jwks_uri }: ClientMetadata | ResourceServerMetadata,
): Promise<PartyKeys> {
  if (jwks_uri !== undefined) {
    const fetched = await fetchedKeys(as, jwks_uri);
    if (typeof fetched === "string") throw invalid(`jwks_uri: ${fetched}`);
    return { jwks: fetched, jwks_uri, keysReadAt: now(as), keysAskedAt: now(as) };
  }
  if (jwks === undefined) return { jwks: { keys: [] } };
  await usableKeys(as, jwks);
  return { jwks };
}

/** @throws OAuthError invalid_client_metadata for a key that could never serve */
export async function usableKeys(as: Pick<Exchange, "x509">, jwks: Jwks): Promise<void> {
  const unusable = await whyUnusable(as, jwks);
  if (unusable !== undefined) throw invalid(unusable);
}

/** The first thing that is wrong, with its path: whoever registers must be able to mend it. */
export function parsed<T extends v.GenericSchema>(schema: T, body: unknown): v.InferOutput<T> {
  const result = v.safeParse(schema, body, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? "body";
  const code = /^(claims_)?redirect_uris\b/.test(path) ? "invalid_redirect_uri" : "invalid_client_metadata";
  throw new OAuthError(code, `${path}: ${issue.type}`, { description: `${path}: ${issue.message}` });
}

/** N-80: every address a stranger names, used or not. */
function outside(as: Pick<Exchange, "egress">, ...urls: readonly (string | undefined)[]): void {
  const within = inside(as, urls);
  if (within !== undefined) throw invalid(within);
}

/** The first address that is not one to reach from outside, as a sentence. */
function inside(as: Pick<Exchange, "egress">, urls: readonly (string | undefined)[]): string | undefined {
  const found = urls.find((url) => url !== undefined && !as.egress.admits(url));
  return found === undefined ? undefined : `${found} is not a public https address`;
}

/** RFC 7591 §3.2.2; the description is told, so that whoever registers can mend it. */
export function invalid(
  description: string,
  code: "invalid_client_metadata" | "invalid_redirect_uri" = "invalid_client_metadata",
) {
  return new OAuthError(code, description, { description });
}
