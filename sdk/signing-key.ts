import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";

/** A key pair as JWKs: `privateKey` stays with its owner, `publicKey` goes into a registration. Both carry `kid`, `alg` and `use`. */
export interface JwkPair {
  readonly privateKey: JWK;
  readonly publicKey: JWK;
}

/**
 * A new P-256 pair, named by its RFC 7638 thumbprint: `sig` for client assertions, `enc` for a Resource Server
 * that wants its access tokens encrypted.
 */
export async function newJwkPair(use: "sig" | "enc"): Promise<JwkPair> {
  const alg = use === "sig" ? "ES256" : "ECDH-ES";
  const pair = await generateKeyPair(alg, { extractable: true, crv: "P-256" });
  const publicJwk = await exportJWK(pair.publicKey);
  const named = { kid: await calculateJwkThumbprint(publicJwk), alg, use };
  return { privateKey: { ...(await exportJWK(pair.privateKey)), ...named }, publicKey: { ...publicJwk, ...named } };
}

/** The public half of a private EC, RSA or OKP key, with its name and use. */
export function publicHalf({ d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, k: _k, ...publicKey }: JWK): JWK {
  return publicKey;
}
