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

/** A new Client, with what it may ask. */
export async function registerClient(
  as: Exchange,
  body: unknown,
  capabilities: readonly Capability[],
  kept = nothing,
): Promise<Client> {
  const metadata = await clientMetadata(as, body);
  await knownCapabilities(as, capabilities);
  const client_id = clientIdPrefix.client + randomId();
  const client: Client = {
    ...metadata,
    ...(await kept(client_id)),
    client_id,
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

/** RFC 7591 §3.2.1: everything that was registered. */
export function clientInformation(party: Client | ResourceServer): object {
  const {
    status: _,
    registeredAt,
    registrationTokenHash: __,
    keysReadAt: ___,
    keysAskedAt: ____,
    jwks,
    ...metadata
  } = party;
  // A fetched snapshot is ours; what was registered is where it is fetched.
  const keys = metadata.jwks_uri === undefined ? { jwks } : {};
  return { ...metadata, ...keys, client_id_issued_at: registeredAt };
}
