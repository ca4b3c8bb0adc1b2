import type { JWK } from "jose";
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
  /** Milliseconds since the epoch, read anew at each call. */
  readonly nowMs: () => number;
}

/** The P-256 pairs tokens are signed with; published before use, kept until the last token is gone (`core/token-key-ring.ts`). */
export interface TokenKeys {
  signing(): Promise<{ readonly kid: string; readonly key: CryptoKey }>;
  published(): Promise<readonly JWK[]>;
}

export function now(as: Pick<Exchange, "nowMs">): number {
  return Math.floor(as.nowMs() / 1000);
}
