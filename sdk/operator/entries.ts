import * as v from "valibot";
import { CapabilityTicket, entitlement } from "../../protocol/capability.ts";
import {
  ClientMetadata,
  Purpose,
  RegistrationGrant,
  ResourceDefinition,
  ResourceServerMetadata,
  StatementIssuer,
  TrustAnchor,
} from "../../protocol/registry.ts";

/** A Client as the operator registers it: RFC 7591 metadata and what it may ask for. */
const ClientEntry = v.object({ ...ClientMetadata.entries, ...entitlement });

/** What the operator API keeps, by the path under `/operator/`, each with the schema of an entry. */
export const entrySchemas = {
  definitions: ResourceDefinition,
  purposes: Purpose,
  "capability-tickets": CapabilityTicket,
  clients: ClientEntry,
  "resource-servers": ResourceServerMetadata,
  "statement-issuers": StatementIssuer,
  "claims-issuers": StatementIssuer,
  "trust-anchors": TrustAnchor,
  "initial-access-tokens": RegistrationGrant,
} as const;

export type Kind = keyof typeof entrySchemas;

/** What is sent: members with a default may be left out. */
export type Entries = { [K in Kind]: v.InferInput<(typeof entrySchemas)[K]> };

/** Kinds that can be suspended. */
export type Suspendable =
  | "people"
  | "clients"
  | "resource-servers"
  | "statement-issuers"
  | "claims-issuers"
  | "trust-anchors";

/** Kinds that people see by a picture. */
export type Pictured = "clients" | "resource-servers";

interface Standing {
  readonly status?: "active" | "suspended" | "deregistered";
}

interface Registered extends Standing {
  readonly client_id: string;
  /** Of its picture, at the Wallet's `/wallet/logos/{logo}`. */
  readonly logo?: string;
}

/** Of a Client registered for `client_secret_basic`; the secret is told once, when it is made. */
interface BySecret {
  readonly outside_fapi2?: true;
  readonly client_secret?: string;
}

/** What comes back. */
export interface Shown {
  readonly definitions: ResourceDefinition;
  readonly purposes: Purpose;
  readonly "capability-tickets": CapabilityTicket;
  readonly clients: v.InferOutput<typeof ClientEntry> & Registered & BySecret;
  readonly "resource-servers": ResourceServerMetadata & Registered;
  readonly "statement-issuers": StatementIssuer & Standing;
  readonly "claims-issuers": StatementIssuer & Standing;
  readonly "trust-anchors": TrustAnchor & Standing;
  /** All that is told of a person: `<client_id>.<sub>` as it was asked, and whether they are locked. */
  readonly people: { readonly person: string; readonly status: "active" | "suspended" };
  /** The token is told once, when it is made. */
  readonly "initial-access-tokens": { readonly initial_access_token: string; readonly expires_at: number };
}
