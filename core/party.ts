import type { CapabilityTicket, Entitlement } from "../protocol/capability.ts";
import type { authenticationMembers } from "../protocol/client-authentication.ts";
import type {
  ClientMetadata,
  Jwks,
  Purpose,
  ResourceDefinition,
  ResourceServerMetadata,
  StatementIssuer,
  TrustAnchor,
} from "../protocol/registry.ts";
import type { Kind } from "./store.ts";

/**
 *     active ◀──suspend/resume, by the operator──▶ suspended
 *        └──deregister, by itself──▶ deregistered     (never returns)
 *
 * Nothing of a party that is not active works, at any gate; what was not ended meanwhile works again once it is.
 */
export type Status = "active" | "suspended" | "deregistered";

export interface Registered {
  readonly client_id: string;
  readonly status: Status;
  readonly registeredAt: number;
  /** SHA-256 of the secret in its registration access token; of parties that registered themselves (RFC 7592). */
  readonly registrationTokenHash?: string;
  /** Of a Resource Server the operator admits with resources that have no type. */
  readonly untyped_resources?: boolean;
  /** SHA-256 of the secret the operator was told; of `client_secret_basic` alone. */
  readonly clientSecretHash?: string;
  /** Of a picture the operator looked at (`core/logo.ts`), for the name it has now. */
  readonly logo?: string;
  /** As it was presented, if it was (RFC 7591 §2.3). */
  readonly software_statement?: string;
}

/** The keys a party verifies with. Behind a `jwks_uri` they are a snapshot: when it was read, and when somebody last asked for a newer one (`core/party-keys.ts`). */
export interface PartyKeys {
  readonly jwks: Jwks;
  readonly jwks_uri?: string | undefined;
  readonly keysReadAt?: number;
  readonly keysAskedAt?: number;
}

/** A digital service provider's app. */
export type Client = Omit<ClientMetadata, "jwks" | "jwks_uri"> & PartyKeys & Registered & Entitlement;

/** Holds the data; authenticates like a Client. */
export type ResourceServer = Omit<ResourceServerMetadata, "jwks" | "jwks_uri"> & PartyKeys & Registered;

/** Whose software statements, or whose ID tokens, are believed, while active; keyed by its host. */
export type TrustedIssuer = StatementIssuer & { readonly status: Status };

/** Whose certificates are believed, while active; keyed by the operator's name for it. */
export type KeptTrustAnchor = TrustAnchor & { readonly status: Status };

/** Whoever can authenticate at our endpoints: what both registrations have in common. */
export type Party = Pick<Client, "client_id" | "grant_types" | "status" | "clientSecretHash"> &
  Pick<Client, keyof typeof authenticationMembers> &
  PartyKeys & {
    readonly scope?: string | undefined;
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
/** Keyed by its id, which is its scope value. */
export const capabilityTicketKind: Kind<CapabilityTicket> = registered(
  "capability-ticket",
  "CAPABILITY",
  "capability-tickets",
);
/** Whose ID tokens are believed about requesting parties (UMA Grant §5.7). */
export const claimsIssuerKind: Kind<TrustedIssuer> = registered("claims-issuer", "CLAIMS", "claims-issuers");
export const trustAnchorKind: Kind<KeptTrustAnchor> = registered("trust-anchor", "ANCHOR", "trust-anchors");
export const statementIssuerKind: Kind<TrustedIssuer> = registered("statement-issuer", "ISSUER", "statement-issuers");

/** The prefix tells what a `client_id` names, so that one read finds it; none looks like a person's `sub` (FAPI 2.0 §6). */
export const clientIdPrefix = { client: "client_", resourceServer: "rs_" } as const;
export const OPERATOR = "operator";

/** Read off the `client_id` alone. */
export function isResourceServer({ client_id }: Pick<Party, "client_id">): boolean {
  return client_id.startsWith(clientIdPrefix.resourceServer);
}
