import type { JWK } from "jose";
import type { Json } from "../local/assembly.ts";

/** Who is measured. Each is a file in `servers/`. */
export const peerNames = ["oidc-provider", "memory", "dynamodb"] as const;
export type PeerName = (typeof peerNames)[number];

/** What a server is started with: the public keys of its parties, and the tables of the template. */
export interface Start {
  readonly client: JWK;
  readonly resourceServer: JWK;
  readonly tables: Json;
}

/** What the load must know of a server. Both run under the same issuer and answer at the same paths. */
export interface Peer {
  readonly port: number;
  readonly clientId: string;
  readonly resourceServerId: string;
  /** For `resource` at the token endpoint, where a JWT needs one. */
  readonly resource?: string;
  /** Leads to a consent and so to a token worth asking about. */
  readonly refreshToken?: string;
}

/** Without TLS, for oidc-provider takes its addresses from what it is called by. */
export const ISSUER = "http://as.bench.example";
export const SOURCE = "https://registry.bench.example";
export const CALLBACK = "https://app.bench.example/callback";
export const SCOPE = "immunization-history.read";
