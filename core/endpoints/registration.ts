import * as v from "valibot";
import { sha256 } from "../../protocol/canonical-json.ts";
import type { Capability } from "../../protocol/registry.ts";
import { ClientMetadata, RegistrationGrant, ResourceServerMetadata } from "../../protocol/registry.ts";
import { type Exchange, now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import { clientIdPrefix, type PartyKeys } from "../party.ts";
import { fetchedKeys, whyUnusable } from "../party-keys.ts";
import { randomId } from "../random.ts";
import { seal, unseal } from "../seal.ts";
import type { ResourceRequest } from "./request.ts";

/** RFC 7591 §3: behind an initial access token, which carries what a registration with it receives. */
export async function registrationEndpoint(as: Exchange, { authorization, body }: ResourceRequest): Promise<object> {
  const grant = await grantIn(as, /^Bearer ([\w-]+)$/i.exec(authorization ?? "")?.[1]);
  const { scope } = parsed(v.object({ scope: v.optional(v.string()) }), body);
  if (scope !== "uma_protection") return registerClient(as, body, grant.capabilities);
  if (!grant.resource_server)
    throw new OAuthError("invalid_client_metadata", "the token admits no resource server", {
      description: "This initial access token does not admit Resource Servers.",
    });
  return registerResourceServer(as, body);
}

/** A sealed statement of the operator's: what it carries needs no record. */
export function initialAccessToken(as: Exchange, grant: RegistrationGrant): Promise<string> {
  return seal(as, "iat", JSON.stringify(grant));
}

async function grantIn(as: Exchange, token: string | undefined): Promise<RegistrationGrant> {
  const text = token === undefined ? undefined : await unseal(as, "iat", token);
  const grant = text === undefined ? undefined : v.parse(RegistrationGrant, JSON.parse(text));
  if (grant === undefined || grant.expires_at <= now(as))
    throw new OAuthError("invalid_token", "no initial access token in force", {
      headers: { "www-authenticate": token === undefined ? "Bearer" : 'Bearer error="invalid_token"' },
    });
  return grant;
}

/** RFC 7591 §3.2.1: answers with everything that was registered. */
export async function registerClient(
  as: Exchange,
  body: unknown,
  capabilities: readonly Capability[],
): Promise<object> {
  const metadata = parsed(ClientMetadata, body);
  outside(as, metadata.client_uri, metadata.jwks_uri, metadata.backchannel_client_notification_endpoint);
  const keys = await keysOf(as, metadata);
  redirects(as, metadata);
  await known(as, capabilities);
  const client_id = clientIdPrefix.client + randomId();
  const client = { ...metadata, ...keys, client_id, capabilities, status: "active" as const, registeredAt: now(as) };
  await as.records.clients.insert(client_id, client);
  return { ...metadata, client_id, client_id_issued_at: client.registeredAt, capabilities };
}

/** FAPI 2.0 §5.3.2.2: https, but for loopback where the deployment allows it; a Client that redirects says where to. */
function redirects(as: Exchange, { grant_types, redirect_uris = [] }: ClientMetadata): void {
  if (grant_types.includes("authorization_code") !== redirect_uris.length > 0)
    throw invalid("redirect_uris go with the grant authorization_code");
  outside(as, ...redirect_uris);
}

/** The identifier is claimed first, however it is spelled: no two Resource Servers can be the audience of one token. */
export async function registerResourceServer(as: Exchange, body: unknown): Promise<object> {
  const metadata = parsed(ResourceServerMetadata, body);
  outside(as, metadata.client_uri, metadata.resource, metadata.jwks_uri);
  const keys = await keysOf(as, metadata);
  const client_id = clientIdPrefix.resourceServer + randomId();
  const audience = await sha256(`audience ${new URL(metadata.resource).href.replace(/\/+$/, "")}`);
  if ((await as.records.names.insert(audience, { to: client_id })) === "exists")
    throw invalid("resource is registered already");
  const registeredAt = now(as);
  await as.records.resourceServers.insert(client_id, {
    ...metadata,
    ...keys,
    client_id,
    status: "active",
    registeredAt,
  });
  return { ...metadata, client_id, client_id_issued_at: registeredAt };
}

/** A capability for what no definition or purpose knows would never work: say so now. */
async function known(as: Exchange, capabilities: readonly Capability[]): Promise<void> {
  for (const { type, actions, purpose } of capabilities) {
    const definition = await as.registry.definition(type);
    if (definition === undefined) throw invalid(`no definition ${type}`);
    const unknown = actions.find((action) => !Object.hasOwn(definition.actions, action));
    if (unknown !== undefined) throw invalid(`${type} has no action ${unknown}`);
    if ((await as.registry.purpose(purpose)) === undefined) throw invalid(`no purpose ${purpose}`);
  }
}

/** Keys that could never serve are refused now, not at their first use; a key set to fetch must be there. */
async function keysOf(as: Exchange, { jwks, jwks_uri }: ClientMetadata | ResourceServerMetadata): Promise<PartyKeys> {
  if (jwks_uri === undefined) {
    const unusable = jwks === undefined ? "no jwks" : await whyUnusable(jwks);
    if (jwks === undefined || unusable !== undefined) throw invalid(unusable ?? "");
    return { jwks };
  }
  const fetched = await fetchedKeys(as, jwks_uri);
  if (typeof fetched === "string") throw invalid(`jwks_uri: ${fetched}`);
  return { jwks: fetched, jwks_uri, keysReadAt: now(as), keysAskedAt: now(as) };
}

/** The first thing that is wrong, with its path: whoever registers must be able to mend it. */
export function parsed<T extends v.GenericSchema>(schema: T, body: unknown): v.InferOutput<T> {
  const result = v.safeParse(schema, body, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? "body";
  throw new OAuthError("invalid_client_metadata", `${path}: ${issue.type}`, {
    description: `${path}: ${issue.message}`,
  });
}

/** N-80: every address a stranger names, used or not. */
function outside(as: Pick<Exchange, "egress">, ...urls: readonly (string | undefined)[]): void {
  const inside = urls.find((url) => url !== undefined && !as.egress.admits(url));
  if (inside !== undefined) throw invalid(`${inside} is not a public https address`);
}

export function invalid(description: string) {
  return new OAuthError("invalid_client_metadata", description, { description });
}
