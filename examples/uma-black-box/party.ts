import { createHash } from "node:crypto";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";

export type Json = Record<string, unknown>;

/** An answer as it came: its status, its headers, and its members if it has any. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Json;
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === "" ? {} : JSON.parse(text) };
}

const time = () => Math.floor(Date.now() / 1_000);
export const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");

/** A Client or a Resource Server over HTTP, with nothing but jose: private_key_jwt (RFC 7523) and DPoP (RFC 9449). */
export class Party {
  readonly clientId: string;
  readonly #issuer: string;
  readonly #key: CryptoKey;
  readonly #dpop: { key: CryptoKey; jwk: JWK };

  private constructor(issuer: string, clientId: string, key: CryptoKey, dpop: { key: CryptoKey; jwk: JWK }) {
    this.#issuer = issuer;
    this.clientId = clientId;
    this.#key = key;
    this.#dpop = dpop;
  }

  /** RFC 7591 §3.1, by an initial access token. */
  static async registered(issuer: string, endpoint: string, token: string, metadata: Json): Promise<Party> {
    const [keys, proofs] = await Promise.all([generateKeyPair("ES256"), generateKeyPair("ES256")]);
    const jwks = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: "1", use: "sig" }] };
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const body = JSON.stringify({ ...metadata, jwks });
    const { status, json } = await answerOf(await fetch(endpoint, { method: "POST", headers, body }));
    if (status !== 201) throw new Error(`registration: ${status} ${JSON.stringify(json)}`);
    const dpop = { key: proofs.privateKey, jwk: await exportJWK(proofs.publicKey) };
    return new Party(issuer, String(json["client_id"]), keys.privateKey, dpop);
  }

  /** A form, authenticated by an assertion, with a proof where the answer may be a token. */
  async post(url: string, form: Readonly<Record<string, string>>): Promise<Answer> {
    const client_assertion = await new SignJWT({ jti: crypto.randomUUID() })
      .setProtectedHeader({ alg: "ES256", kid: "1" })
      .setIssuer(this.clientId)
      .setSubject(this.clientId)
      .setAudience(this.#issuer)
      .setIssuedAt()
      .setExpirationTime("1m")
      .sign(this.#key);
    const client_assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    const body = new URLSearchParams({ client_assertion_type, client_assertion, ...form });
    const headers = { dpop: await this.#proof("POST", url) };
    return answerOf(await fetch(url, { method: "POST", headers, body }));
  }

  /** JSON, or a form, opened by a token of ours. */
  async call(method: string, url: string, token: string, body?: unknown): Promise<Answer> {
    const headers = {
      authorization: `DPoP ${token}`,
      dpop: await this.#proof(method, url.split("?")[0] ?? url, token),
      ...(body !== undefined && !(body instanceof URLSearchParams) && { "content-type": "application/json" }),
    };
    const sent = body === undefined ? null : body instanceof URLSearchParams ? body : JSON.stringify(body);
    return answerOf(await fetch(url, { method, headers, body: sent }));
  }

  #proof(htm: string, htu: string, token?: string): Promise<string> {
    const claims = { jti: crypto.randomUUID(), htm, htu, iat: time(), ...(token && { ath: sha256(token) }) };
    const header = { alg: "ES256", typ: "dpop+jwt", jwk: this.#dpop.jwk };
    return new SignJWT(claims).setProtectedHeader(header).sign(this.#dpop.key);
  }
}
