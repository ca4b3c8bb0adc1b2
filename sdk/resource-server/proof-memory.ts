import { sha256 } from "../../protocol/canonical-json.ts";
import { PROOF_AGE, type Proof } from "./dpop-proof.ts";

/**
 * Remembers which proofs were used. The default knows those of this process; give one on a shared table (a conditional
 * put with a TTL) where several processes serve the same resource.
 *
 * @see RFC 9449 §11.1
 */
export interface ProofMemory {
  /** Whether `key` comes for the first time; from then until `expiresAt` (seconds since the epoch) it is known. */
  firstUse(key: string, expiresAt: number): boolean | Promise<boolean>;
}

/** The key covers who signed: nobody can use up the `jti` of another. */
export async function isFirstUse(memory: ProofMemory, { jkt, jti, iat }: Proof): Promise<boolean> {
  return memory.firstUse(await sha256(`${jkt}:${jti}`), Math.ceil(iat) + PROOF_AGE + 1);
}

/** Proofs that this process has seen; what is over is forgotten within a minute. */
export function processProofMemory(): ProofMemory {
  const used = new Map<string, number>();
  let swept = 0;
  return {
    firstUse(key, expiresAt) {
      const now = Date.now() / 1_000;
      if (now > swept + PROOF_AGE) {
        for (const [known, until] of used) if (until < now) used.delete(known);
        swept = now;
      }
      if ((used.get(key) ?? 0) >= now) return false;
      used.set(key, expiresAt);
      return true;
    },
  };
}
