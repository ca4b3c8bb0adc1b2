import { sha256 } from "../protocol/canonical-json.ts";
import type { Capability } from "../protocol/registry.ts";
import { type Exchange, now } from "./exchange.ts";
import { type Client, clientIdPrefix, type Registered, type ResourceServer } from "./party.ts";
import { randomId } from "./random.ts";
import { clientMetadata, invalid, knownCapabilities, resourceServerMetadata } from "./registration-metadata.ts";

/** What a registration keeps beside the metadata, known once there is a `client_id`. */
export type Kept = (
  clientId: string,
) => Promise<Pick<Registered, "registrationTokenHash" | "software_statement" | "untyped_resources">>;

const nothing: Kept = async () => ({});

/** A new Client, with what it may ask. The hash of a secret comes from the operator's hand alone. */
export async function registerClient(
  as: Exchange,
  body: unknown,
  capabilities: readonly Capability[],
  kept = nothing,
  clientSecretHash?: string,
): Promise<Client> {
  const metadata = await clientMetadata(as, body, { secret: clientSecretHash !== undefined });
  await knownCapabilities(as, capabilities);
  const client_id = clientIdPrefix.client + randomId();
  const client: Client = {
    ...metadata,
    ...(await kept(client_id)),
    client_id,
    ...(isBySecret(metadata) && clientSecretHash !== undefined && { clientSecretHash }),
    capabilities,
    status: "active",
    registeredAt: now(as),
  };
  await as.records.clients.insert(client_id, client);
  return client;
}

/** A new Resource Server. The identifier is claimed first, for good and however it is spelled: no two can be the audience of one token. */
export async function registerResourceServer(as: Exchange, body: unknown, kept = nothing): Promise<ResourceServer> {
  const metadata = await resourceServerMetadata(as, body);
  const client_id = clientIdPrefix.resourceServer + randomId();
  const audience = await sha256(`audience ${new URL(metadata.resource).href.replace(/\/+$/, "")}`);
  if ((await as.records.names.insert(audience, { to: client_id })) === "exists")
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

export function isBySecret({ token_endpoint_auth_method }: { readonly token_endpoint_auth_method?: string }): boolean {
  return token_endpoint_auth_method === "client_secret_basic";
}

/** RFC 7591 §3.2.1: everything that was registered. */
export function clientInformation(party: Client | ResourceServer): object {
  const {
    status: _,
    registeredAt,
    registrationTokenHash: __,
    clientSecretHash: _____,
    keysReadAt: ___,
    keysAskedAt: ____,
    jwks,
    ...metadata
  } = party;
  // A fetched snapshot is ours; what was registered is where it is fetched.
  const keys = metadata.jwks_uri === undefined && jwks.keys.length > 0 ? { jwks } : {};
  return { ...metadata, ...keys, ...outsideFapi(metadata), client_id_issued_at: registeredAt };
}

/** FAPI 2.0 §5.3.2.1 wants a key: a Client with a secret is marked wherever it is shown. */
export function outsideFapi(party: object): { readonly outside_fapi2?: true } {
  return isBySecret(party) ? { outside_fapi2: true } : {};
}
