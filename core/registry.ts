import { nameOfType } from "../protocol/authorization-details.ts";
import type { Purpose, ResourceDefinition, TrustAnchor } from "../protocol/registry.ts";
import type { Exchange } from "./exchange.ts";
import { type Client, clientIdPrefix, OPERATOR, type Party, type ResourceServer } from "./party.ts";
import type { Person } from "./person.ts";
import type { Records } from "./records.ts";
import { AS_DESCRIBED, asDescribed, UNTYPED, untypedDefinition } from "./uma/untyped.ts";

/** Parties, definitions, purposes and people as of at most 2 seconds ago: suspending bites within 5 s everywhere. */
export interface Registry {
  client(id: string): Promise<Client | undefined>;
  resourceServer(id: string): Promise<ResourceServer | undefined>;
  definition(type: string): Promise<ResourceDefinition | undefined>;
  purpose(purpose: string): Promise<Purpose | undefined>;
  person(id: string): Promise<Person | undefined>;
  /** Those in force. */
  trustAnchors(): Promise<readonly TrustAnchor[]>;
}

const MAX_AGE_MS = 2_000;
const MAX_ENTRIES = 1_000;

export function registry(
  records: Pick<
    Records,
    "clients" | "resourceServers" | "definitions" | "purposes" | "people" | "trustAnchors" | "find"
  >,
  nowMs: () => number,
): Registry {
  const cached = <T>(read: (id: string) => Promise<{ value: T } | undefined>) => {
    const entries = new Map<string, { readAt: number; value: Promise<T | undefined> }>();
    return (id: string) => {
      const entry = entries.get(id);
      if (entry !== undefined && nowMs() - entry.readAt < MAX_AGE_MS && nowMs() >= entry.readAt) return entry.value;
      if (entries.size >= MAX_ENTRIES) entries.clear();
      const value = read(id).then((stored) => stored?.value);
      // A failed or empty read is not kept: the next caller asks again.
      const forget = () => entries.delete(id);
      value.then((found) => found ?? forget(), forget);
      entries.set(id, { readAt: nowMs(), value });
      return value;
    };
  };
  const trustAnchors = cached(async () => {
    const ids = await records.find.ofParty("trust-anchors", "trust-anchor");
    const found = await Promise.all(ids.map((id) => records.trustAnchors.find(id)));
    return { value: found.flatMap((stored) => (stored?.value.status === "active" ? [stored.value] : [])) };
  });
  const definition = cached((name: string) => records.definitions.find(name));
  const purpose = cached((name: string) => records.purposes.find(name));
  return {
    client: cached((id) => records.clients.find(id)),
    resourceServer: cached((id) => records.resourceServers.find(id)),
    person: cached((id) => records.people.find(id)),
    purpose: async (name) => (name === AS_DESCRIBED ? asDescribed : purpose(name)),
    trustAnchors: async () => (await trustAnchors("")) ?? [],
    async definition(type) {
      if (type === UNTYPED) return untypedDefinition;
      const found = await definition(nameOfType(type));
      return found?.type === type ? found : undefined;
    },
  };
}

/** Whoever a `client_id` names, by its prefix: a Client, a Resource Server, or the first operator from the deployment's parameter. */
export async function partyOf(
  as: Pick<Exchange, "registry" | "operatorKey">,
  clientId: string,
): Promise<Party | undefined> {
  if (clientId.startsWith(clientIdPrefix.client)) return as.registry.client(clientId);
  if (clientId.startsWith(clientIdPrefix.resourceServer)) return as.registry.resourceServer(clientId);
  if (clientId !== OPERATOR || as.operatorKey === undefined) return undefined;
  return {
    client_id: OPERATOR,
    jwks: { keys: [as.operatorKey as Party["jwks"]["keys"][number]] },
    grant_types: ["client_credentials"],
    scope: "operate",
    status: "active",
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: undefined,
    tls_client_certificate_bound_access_tokens: false,
    dpop_bound_access_tokens: true,
  };
}
