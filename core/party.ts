import type {
  Capability,
  ClientMetadata,
  Jwks,
  Purpose,
  ResourceDefinition,
  ResourceServerMetadata,
} from "../protocol/registry.ts";
import type { Kind } from "./store.ts";

/** The keys a party verifies with. Behind a `jwks_uri` they are a snapshot: when it was read, and when somebody last asked for a newer one (`core/party-keys.ts`). */
export interface PartyKeys {
  readonly jwks: Jwks;
  readonly jwks_uri?: string | undefined;
  readonly keysReadAt?: number;
  readonly keysAskedAt?: number;
}

/** A digital service provider's app. */
export type Client = Omit<ClientMetadata, "jwks" | "jwks_uri"> &
  PartyKeys & {
    readonly client_id: string;
    readonly capabilities: readonly Capability[];
    readonly status: "active" | "suspended";
    readonly registeredAt: number;
  };

/** Holds the data; authenticates like a Client. */
export type ResourceServer = Omit<ResourceServerMetadata, "jwks" | "jwks_uri"> &
  PartyKeys & {
    readonly client_id: string;
    readonly status: "active" | "suspended";
    readonly registeredAt: number;
  };

/** Whoever can authenticate with a key at our endpoints. */
export type Party = Pick<Client, "client_id" | "grant_types" | "status" | "token_endpoint_auth_signing_alg"> &
  PartyKeys & {
    readonly scope?: string;
  };

const registered = <T>(name: string, prefix: string, party: string): Kind<T & { status?: string }> => ({
  name,
  key: (id) => ({ pk: `${prefix}#${id}`, sk: prefix }),
  index: (value) => ({ party, sort: `${name}#`, ...(value.status !== undefined && { state: value.status }) }),
});

export const clientKind: Kind<Client> = registered("client", "CLIENT", "clients");
export const resourceServerKind: Kind<ResourceServer> = registered("resource-server", "RS", "resource-servers");
/** Keyed by the name of the type, which scope values use: two types of one name cannot both be registered. */
export const definitionKind: Kind<ResourceDefinition> = registered("definition", "DEFINITION", "definitions");
export const purposeKind: Kind<Purpose> = registered("purpose", "PURPOSE", "purposes");

/** The prefix tells what a `client_id` names, so that one read finds it; none looks like a person's `sub` (FAPI 2.0 §5.6). */
export const clientIdPrefix = { client: "client_", resourceServer: "rs_" } as const;
export const OPERATOR = "operator";
