import type { JWK } from "jose";
import type { X509 } from "./certificate.ts";
import type { Egress } from "./egress.ts";
import type { Policy } from "./policy.ts";
import type { Records } from "./records.ts";
import type { Registry } from "./registry.ts";
import type { SealingKeys } from "./seal.ts";
import type { Guards } from "./store.ts";

/** What the exchange is made of. Every endpoint asks for the part it needs. */
export interface Exchange {
  readonly issuer: string;
  /** Two characters: where new handles are at home. */
  readonly region: string;
  readonly sealingKeys: SealingKeys;
  readonly tokenKeys: TokenKeys;
  readonly records: Records;
  readonly registry: Registry;
  readonly guards: Guards;
  readonly policy: Policy;
  readonly operatorKey: JWK | undefined;
  readonly egress: Egress;
  readonly x509: X509;
  /** Origin of the host that asks for client certificates (RFC 8705 §5), without one mTLS is not offered. */
  readonly mtlsOrigin: string | undefined;
  /** Whether a Resource Server may have bearer tokens of its own (UMA FedAuthz §1.3). */
  readonly bearerPats: boolean;
  /** Whether proofs carry a nonce of ours (RFC 9449 §8). */
  readonly dpopNonces: boolean;
  /** Milliseconds since the epoch, read anew at each call. */
  readonly nowMs: () => number;
}

/** The P-256 pairs tokens are signed with; published before use, kept until the last token is gone (`core/token-key-ring.ts`). */
export interface TokenKeys {
  signing(): Promise<{ readonly kid: string; readonly key: CryptoKey }>;
  published(): Promise<readonly JWK[]>;
}

/** Seconds since the epoch. */
export function now(as: Pick<Exchange, "nowMs">): number {
  return Math.floor(as.nowMs() / 1000);
}
