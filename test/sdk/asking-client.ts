import { CompactEncrypt, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from "jose";
import { sha256 } from "../../protocol/canonical-json.ts";
import type { FakeExchange } from "./fake-exchange.ts";

export const RESOURCE = "https://registry.example";
export const TYPE = "https://fpx.example/definitions/immunization-history";

/** A Client with a DPoP key of its own, that can say true and false things in its proofs and tokens. */
export async function askingClient(exchange: FakeExchange) {
  const pair = await generateKeyPair("ES256");
  const jwk = await exportJWK(pair.publicKey);
  const jkt = await calculateJwkThumbprint(jwk);

  const active = {
    active: true,
    iss: exchange.issuer,
    aud: RESOURCE,
    sub: "june-here",
    client_id: "c-1",
    iat: seconds(),
    exp: seconds() + 300,
    jti: "t",
    token_type: "DPoP",
    cnf: { jkt },
    consent: "consent-here",
    authorization_details: [
      { type: TYPE, actions: ["read"], purpose: "p", locations: [RESOURCE], resource_ids: ["r-1"] },
    ],
  };

  return {
    jkt,
    jwk,
    /** What `/introspect` answers while the consent stands. */
    active,
    token: (claims: object = {}, header: { typ?: string; kid?: string } = {}, key?: CryptoKey) =>
      exchange.sign(
        {
          iss: exchange.issuer,
          aud: RESOURCE,
          sub: "for-this-consent",
          client_id: "c-1",
          iat: seconds(),
          exp: seconds() + 300,
          jti: crypto.randomUUID(),
          cnf: { jkt },
          ...claims,
        },
        header,
        key,
      ),
    proof: async (token: string, claims: object = {}, header: object = {}) =>
      new SignJWT({
        jti: crypto.randomUUID(),
        htm: "GET",
        htu: `${RESOURCE}/fhir/Immunization`,
        iat: seconds(),
        ath: await sha256(token),
        ...claims,
      })
        .setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk, ...header })
        .sign(pair.privateKey),
  };
}

export type AskingClient = Awaited<ReturnType<typeof askingClient>>;

/** Nested as the exchange does it (RFC 7519 §11.2), or with another `cty`. */
export async function encryptedTo(jwk: JWK, token: string, cty: string | undefined = "JWT"): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(token))
    .setProtectedHeader({
      alg: "ECDH-ES",
      enc: "A256GCM",
      typ: "at+jwt",
      ...(cty !== undefined && { cty }),
      ...(jwk.kid !== undefined && { kid: jwk.kid }),
      hangs_on: "sealed-for-the-exchange",
    })
    .encrypt(await importJWK(jwk, "ECDH-ES"));
}

export function request(headers: Record<string, string>, path = "/fhir/Immunization", method = "GET"): Request {
  return new Request(`http://127.0.0.1:9${path}`, { method, headers });
}

export function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}
