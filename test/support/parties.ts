import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { sha256 } from "../../protocol/canonical-json.ts";
import { CLIENT_ASSERTION_JWT } from "../../protocol/oauth.ts";
import { issuer, type TestExchange } from "./exchange.ts";

export interface KeyPair {
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}

export const keyPair = (alg = "ES256"): Promise<KeyPair> => generateKeyPair(alg, { extractable: true });

const time = () => Math.floor(Date.now() / 1000);

/** A party's own hand-made requests, for what a well-behaved library never sends. */
export class Party {
  readonly clientId: string;
  readonly keys: KeyPair;
  readonly dpopKeys: KeyPair;
  readonly #exchange: TestExchange;

  constructor(exchange: TestExchange, clientId: string, keys: KeyPair, dpopKeys: KeyPair) {
    this.#exchange = exchange;
    this.clientId = clientId;
    this.keys = keys;
    this.dpopKeys = dpopKeys;
  }

  /** RFC 7523 §2.2; `claims` and `header` replace what a good assertion has. */
  async assertion(
    claims: Record<string, unknown> = {},
    header: Record<string, unknown> = {},
    key: CryptoKey | Uint8Array = this.keys.privateKey,
  ) {
    const good = {
      iss: this.clientId,
      sub: this.clientId,
      aud: issuer,
      jti: crypto.randomUUID(),
      iat: time(),
      exp: time() + 60,
    };
    return new SignJWT(defined({ ...good, ...claims })).setProtectedHeader({ alg: "ES256", ...header }).sign(key);
  }

  /** RFC 9449 §4.2. */
  async proof(
    method: string,
    url: string,
    {
      token,
      keys = this.dpopKeys,
      claims = {},
      header = {},
    }: { token?: string; keys?: KeyPair; claims?: Record<string, unknown>; header?: Record<string, unknown> } = {},
  ) {
    const good = {
      jti: crypto.randomUUID(),
      htm: method,
      htu: url,
      iat: time(),
      ...(token !== undefined && { ath: await sha256(token) }),
    };
    return new SignJWT(defined({ ...good, ...claims }))
      .setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk: await exportJWK(keys.publicKey), ...header })
      .sign(keys.privateKey);
  }

  /** A form to an endpoint with good authentication and proof; what is given replaces or, when undefined, takes away. */
  async post(
    path: string,
    parameters: Record<string, string | undefined>,
    { keys, ...more }: { dpop?: string | undefined; keys?: KeyPair } = {},
  ) {
    const url = issuer + path;
    const form = defined({
      client_assertion_type: CLIENT_ASSERTION_JWT,
      ...(!("client_assertion" in parameters) && { client_assertion: await this.assertion() }),
      ...parameters,
    });
    const dpop = "dpop" in more ? more.dpop : await this.proof("POST", url, keys === undefined ? {} : { keys });
    return this.#exchange.fetch(url, {
      method: "POST",
      headers: dpop === undefined ? {} : { dpop },
      body: new URLSearchParams(form as Record<string, string>),
    });
  }

  /** A party token for our own endpoints. */
  async token(scope: string): Promise<string> {
    const answer = await answered(this.post("/token", { grant_type: "client_credentials", scope }));
    return String(answer["access_token"]);
  }

  /** A call opened by a token, with JSON. */
  async call(method: string, path: string, token: string, body?: unknown) {
    const url = issuer + path;
    const headers = {
      authorization: `DPoP ${token}`,
      dpop: await this.proof(method, url.split("?")[0] ?? "", { token }),
      "content-type": "application/json",
    };
    return this.#exchange.fetch(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  }

  async jwk(): Promise<JWK> {
    return exportJWK(this.keys.publicKey);
  }
}

/** The JSON of an answer that must be a success. */
export async function answered(answer: Promise<Response> | Response): Promise<Record<string, unknown>> {
  const response = await answer;
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return text === "" ? {} : JSON.parse(text);
}

/** Status and error code of a refusal, as tests compare them. */
export async function refusal(answer: Promise<Response> | Response): Promise<string> {
  const response = await answer;
  const { error } = (await response.json()) as { error?: string };
  return `${response.status} ${error}`;
}

function defined(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

export const thumbprint = async (keys: KeyPair) => calculateJwkThumbprint(await exportJWK(keys.publicKey));

export const privateJwk = (keys: KeyPair) => exportJWK(keys.privateKey);
