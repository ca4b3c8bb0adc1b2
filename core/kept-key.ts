import type { Stored } from "./store.ts";
import type { TokenKeyRing } from "./token-key-ring.ts";

/** A data key as it is kept: only its ciphertext, which the key service opens. */
export interface KeptKey {
  readonly kid: string;
  /** base64. */
  readonly ciphertext: string;
  /** SPKI, base64; of pairs only. */
  readonly publicKey?: string;
  readonly createdAt: number;
}

/** Where they are kept. Whoever finds no first key makes one; of several at once the first insert counts, for all. */
export interface KeptKeys {
  find(purpose: string): Promise<KeptKey | undefined>;
  insertFirst(purpose: string, key: KeptKey): Promise<KeptKey>;
}

/** Where the token keys are kept from their first turn on. */
export interface KeptRing {
  findRing(): Promise<Stored<TokenKeyRing> | undefined>;
  /** Only the function `keys` has the right. */
  replaceRing(current: Stored<TokenKeyRing> | undefined, next: TokenKeyRing): Promise<"replaced" | "conflict">;
}
