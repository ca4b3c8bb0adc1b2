import type { Entitlement } from "../protocol/capability.ts";
import { type Exchange, now } from "./exchange.ts";
import { type Client, clientIdPrefix, type Registered, type ResourceServer } from "./party.ts";
import { randomId } from "./random.ts";
import { clientMetadata, invalid, knownEntitlement, resourceServerMetadata } from "./registration-metadata.ts";
import { audienceHash } from "./resources.ts";

/** What a registration keeps beside the metadata, known once there is a `client_id`. */
export type Kept = (
  clientId: string,
) => Promise<Pick<Registered, "registrationTokenHash" | "software_statement" | "untyped_resources">>;

const nothing: Kept = async () => ({});

/** A new Client, with what it may ask. The hash of a secret comes from the operator's hand alone. */
export async function registerClient(
  as: Exchange,
  body: unknown,
  entitlement: Entitlement,
  kept = nothing,
  clientSecretHash?: string,
): Promise<Client> {
  const metadata = await clientMetadata(as, body, { secret: clientSecretHash !== undefined });
  await knownEntitlement(as, entitlement);
  const client_id = clientIdPrefix.client + randomId();
  const client: Client = {
    ...metadata,
    ...(await kept(client_id)),
    ...entitlement,
    client_id,
    ...(isBySecret(metadata) && clientSecretHash !== undefined && { clientSecretHash }),
    status: "active",
    registeredAt: now(as),
  };
  await as.records.clients.insert(client_id, client);
  return client;
}

/** A new Resource Server. The identifier is claimed first, for good. */
export async function registerResourceServer(as: Exchange, body: unknown, kept = nothing): Promise<ResourceServer> {
  const metadata = await resourceServerMetadata(as, body);
  const client_id = clientIdPrefix.resourceServer + randomId();
  if ((await as.records.names.insert(await audienceHash(metadata.resource), { to: client_id })) === "exists")
    throw invalid("resource is registered already");
  const resourceServer: ResourceServer = {
    ...metadata,
    ...(await kept(client_id)),
    client_id,
    status: "active",
    registeredAt: now(as),
  };
  await as.records.resourceServers.insert(client_id, resourceServer);
  return resourceServer;
}

/** RFC 6749 §2.3.1: whether a party authenticates by a secret. */
export function isBySecret({ token_endpoint_auth_method }: { readonly token_endpoint_auth_method?: string }): boolean {
  return token_endpoint_auth_method === "client_secret_basic";
}

/** OIDC Registration §2: there is no choice, whatever was asked for, and every Client is told. */
const ofIdTokens = { subject_type: "pairwise", id_token_signed_response_alg: "ES256" } as const;

/** RFC 7591 §3.2.1: everything that was registered. */
export function clientInformation(party: Client | ResourceServer): object {
  const {
    status: _,
    registeredAt,
    registrationTokenHash: __,
    clientSecretHash: _____,
    keysReadAt: ___,
    keysAskedAt: ____,
    logo: ______,
    jwks,
    ...metadata
  } = party;
  // A fetched snapshot is ours; what was registered is where it is fetched.
  const keys = metadata.jwks_uri === undefined && jwks.keys.length > 0 ? { jwks } : {};
  const idTokens = "capabilities" in metadata ? ofIdTokens : {};
  return { ...metadata, ...keys, ...idTokens, ...outsideFapi(metadata), client_id_issued_at: registeredAt };
}

/** The same for who registered itself, with the token and the address it comes back with (RFC 7592 §3). */
export function withItsToken(
  { issuer }: Pick<Exchange, "issuer">,
  party: Client | ResourceServer,
  registration_access_token: string,
): object {
  return {
    ...clientInformation(party),
    registration_access_token,
    registration_client_uri: `${issuer}/register/${party.client_id}`,
  };
}

/** FAPI 2.0 §5.3.2.1 wants a key: a Client with a secret is marked wherever it is shown. */
export function outsideFapi(party: object): { readonly outside_fapi2?: true } {
  return isBySecret(party) ? { outside_fapi2: true } : {};
}
