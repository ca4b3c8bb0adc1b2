import type { DpopProof } from "./dpop.ts";
import { type Exchange, now } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import { seal, unseal } from "./seal.ts";

/** Seconds a nonce is good for, at whichever function: it is a time, sealed. */
const LIFE = 300;

/**
 * RFC 9449 §8 and §9, where the deployment asks for it: proofs cannot be made in store. Without it the narrow window of `iat` has to do.
 * @throws OAuthError use_dpop_nonce, with a fresh one
 */
export async function requireNonce(
  as: Pick<Exchange, "region" | "sealingKeys" | "dpopNonces" | "nowMs">,
  { nonce }: Pick<DpopProof, "nonce">,
): Promise<void> {
  if (!as.dpopNonces) return;
  const madeAt = nonce === undefined ? undefined : await unseal(as, "nonce", nonce);
  if (madeAt !== undefined && now(as) < Number(madeAt) + LIFE) return;
  const fresh = await seal(as, "nonce", String(now(as)));
  throw new OAuthError("use_dpop_nonce", nonce === undefined ? "no nonce" : "an old nonce, or none of ours", {
    headers: { "dpop-nonce": fresh },
  });
}
