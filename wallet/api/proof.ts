import { SignJWT } from "jose";
import { sha256 } from "../../protocol/canonical-json.ts";
import type { Prove } from "./call.ts";
import { nowMs } from "./clock.ts";

/** A P-256 key whose private half never leaves the browser, and its public half for the proof's header. */
export interface ProofKey {
  readonly privateKey: CryptoKey;
  readonly publicJwk: { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string };
}

export async function newProofKey(): Promise<ProofKey> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const { kty = "", crv = "", x = "", y = "" } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  return { privateKey: pair.privateKey, publicJwk: { kty, crv, x, y } };
}

/** RFC 9449 §4.2: a proof for one call, `ath` with a token (§7.1), `htu` without query and fragment. */
export async function proof(key: ProofKey, method: string, url: string, token?: string): Promise<string> {
  const { origin, pathname } = new URL(url);
  const ath = token === undefined ? {} : { ath: await sha256(token) };
  return new SignJWT({ htm: method, htu: `${origin}${pathname}`, jti: crypto.randomUUID(), ...ath })
    .setProtectedHeader({ typ: "dpop+jwt", alg: "ES256", jwk: key.publicJwk })
    .setIssuedAt(Math.floor(nowMs() / 1_000))
    .sign(key.privateKey);
}

/** Each call carries a fresh proof, and the session's token once there is one. */
export function proveWith(key: ProofKey, token: () => string | undefined): Prove {
  return async (method, url) => {
    const current = token();
    const dpop = await proof(key, method, url, current);
    return current === undefined ? { dpop } : { authorization: `DPoP ${current}`, dpop };
  };
}
