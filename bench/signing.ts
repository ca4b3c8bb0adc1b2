import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { CLIENT_ASSERTION_JWT } from "../protocol/oauth.ts";
import type { Prepared } from "./load.ts";
import { ISSUER } from "./peers.ts";

const time = () => Math.floor(Date.now() / 1000);

export interface Signer {
  readonly jwk: JWK;
  readonly key: CryptoKey;
}

export async function signer(kid?: string): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), ...(kid !== undefined && { kid, alg: "ES256", use: "sig" }) };
  return { jwk, key: privateKey };
}

/** A form of an authenticated party (RFC 7523 §2.2), ready to be sent. */
export async function form(
  path: string,
  clientId: string,
  { key, jwk }: Signer,
  parameters: Readonly<Record<string, string>>,
  proofOf?: Signer,
): Promise<Prepared> {
  const claims = { iss: clientId, sub: clientId, aud: ISSUER, jti: crypto.randomUUID(), iat: time(), exp: time() + 60 };
  const client_assertion = await new SignJWT(claims)
    .setProtectedHeader({ alg: "ES256", kid: String(jwk.kid) })
    .sign(key);
  const body = new URLSearchParams({
    client_assertion_type: CLIENT_ASSERTION_JWT,
    client_assertion,
    ...parameters,
  }).toString();
  const headers = {
    host: new URL(ISSUER).host,
    "content-type": "application/x-www-form-urlencoded",
    "content-length": String(Buffer.byteLength(body)),
    ...(proofOf !== undefined && { dpop: await proof(path, proofOf) }),
  };
  return { path, headers, body };
}

/** RFC 9449 §4.2. */
function proof(path: string, { key, jwk }: Signer): Promise<string> {
  return new SignJWT({ jti: crypto.randomUUID(), htm: "POST", htu: ISSUER + path, iat: time() })
    .setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk })
    .sign(key);
}
