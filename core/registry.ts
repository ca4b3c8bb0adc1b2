import { nameOfType } from "../protocol/authorization-details.ts";
import type { CapabilityTicket } from "../protocol/capability.ts";
import type { Purpose, ResourceDefinition, TrustAnchor } from "../protocol/registry.ts";
import type { Exchange } from "./exchange.ts";
import { type Client, clientIdPrefix, OPERATOR, type Party, type ResourceServer } from "./party.ts";
import type { Person } from "./person.ts";
import type { Records } from "./records.ts";
import type { RegisteredStore } from "./store.ts";
import { AS_DESCRIBED, asDescribed, UNTYPED, untypedDefinition } from "./uma/untyped.ts";

/** Parties, definitions, purposes and people as of at most 2 seconds ago: suspending bites within 5 s everywhere. */
export interface Registry {
  /** With all it may ask: its own capabilities, and those of the Capability Tickets its registration names. */
  client(id: string): Promise<Client | undefined>;
  resourceServer(id: string): Promise<ResourceServer | undefined>;
  definition(type: string): Promise<ResourceDefinition | undefined>;
  purpose(purpose: string): Promise<Purpose | undefined>;
  capabilityTicket(id: string): Promise<CapabilityTicket | undefined>;
  /** Every type a definition is registered for, as of at most a minute ago. */
  definitionTypes(): Promise<readonly string[]>;
  person(id: string): Promise<Person | undefined>;
  /** Those in force. */
  trustAnchors(): Promise<readonly TrustAnchor[]>;
}

const MAX_AGE_MS = 2_000;
const TYPES_MAX_AGE_MS = 60_000;
const MAX_ENTRIES = 1_000;

type Registered = Pick<
  Records,
  "clients" | "resourceServers" | "definitions" | "purposes" | "capabilityTickets" | "people" | "trustAnchors" | "find"
>;

/** The records through a cache; `nowMs` is read at each call. */
export function registry(records: Registered, nowMs: () => number): Registry {
  const cached = <T>(read: (id: string) => Promise<T | undefined>, maxAgeMs = MAX_AGE_MS) => {
    const entries = new Map<string, { readAt: number; value: Promise<T | undefined> }>();
    return (id: string) => {
      const entry = entries.get(id);
      if (entry !== undefined && nowMs() - entry.readAt < maxAgeMs && nowMs() >= entry.readAt) return entry.value;
      if (entries.size >= MAX_ENTRIES) entries.clear();
      const value = read(id);
      // A failed or empty read is not kept: the next caller asks again.
      const forget = () => entries.delete(id);
      value.then((found) => found ?? forget(), forget);
      entries.set(id, { readAt: nowMs(), value });
      return value;
    };
  };
  // What was written a moment ago may be missing at a glance, and is never told to be unknown for it.
  const seen = async <T>(store: RegisteredStore<T>, id: string) =>
    (await store.glance(id)) ?? (await store.find(id))?.value;
  const from = <T>(store: RegisteredStore<T>) => cached((id) => seen(store, id));
  const trustAnchors = cached(async () => {
    const ids = await records.find.ofParty("trust-anchors", "trust-anchor");
    const found = await Promise.all(ids.map((id) => records.trustAnchors.find(id)));
    return found.flatMap((stored) => (stored?.value.status === "active" ? [stored.value] : []));
  });
  const capabilityTicket = from(records.capabilityTickets);
  const definition = from(records.definitions);
  const purpose = from(records.purposes);
  const types = cached(async () => {
    const names = await records.find.ofParty("definitions", "definition");
    const found = await Promise.all(names.map(definition));
    return found.length === 0 ? undefined : found.flatMap((known) => known?.type ?? []).sort();
  }, TYPES_MAX_AGE_MS);

  async function entitled(client: Client): Promise<Client> {
    const tickets = await Promise.all((client.capability_tickets ?? []).map(capabilityTicket));
    const named = tickets.flatMap((ticket) => ticket?.capabilities ?? []);
    return { ...client, capabilities: [...client.capabilities, ...named] };
  }

  return {
    client: cached(async (id) => {
      const client = await seen(records.clients, id);
      return client && entitled(client);
    }),
    resourceServer: from(records.resourceServers),
    purpose: async (name) => (name === AS_DESCRIBED ? asDescribed : purpose(name)),
    trustAnchors: async () => (await trustAnchors("")) ?? [],
    person: from(records.people),
    capabilityTicket,
    definitionTypes: async () => (await types("")) ?? [],
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
