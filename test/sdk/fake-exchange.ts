import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

/** A request as the fake exchange got it. */
export interface Got {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly form: URLSearchParams;
  readonly json: unknown;
}

export interface Answer {
  readonly status?: number;
  readonly json?: unknown;
  readonly headers?: Record<string, string>;
}

type Answering = (got: Got) => Answer | Promise<Answer>;

/** As much of an exchange as a kit sees: metadata, keys, and whatever a test says the other endpoints answer. */
export async function fakeExchange() {
  const pair = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: "k1", alg: "ES256", use: "sig" };
  const answers = new Map<string, Answering>();
  const got: Got[] = [];

  const server = createServer(async (incoming, outgoing) => {
    let body = "";
    for await (const chunk of incoming) body += chunk;
    const path = incoming.url ?? "/";
    const isForm = incoming.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
    const request: Got = {
      method: incoming.method ?? "GET",
      path,
      headers: incoming.headers,
      form: new URLSearchParams(isForm ? body : ""),
      json: isForm || body === "" ? undefined : JSON.parse(body),
    };
    got.push(request);
    const answering = answers.get(path);
    const { status = 200, json = {}, headers = {} } = answering ? await answering(request) : { status: 404 };
    outgoing.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(json));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;

  answers.set("/.well-known/openid-configuration", () => ({
    json: {
      issuer,
      jwks_uri: `${issuer}/jwks`,
      token_endpoint: `${issuer}/token`,
      introspection_endpoint: `${issuer}/introspect`,
      revocation_endpoint: `${issuer}/revoke`,
      resource_registration_endpoint: `${issuer}/rreg`,
      permission_endpoint: `${issuer}/permission`,
      backchannel_authentication_endpoint: `${issuer}/bc-authorize`,
      id_token_signing_alg_values_supported: ["ES256"],
    },
  }));
  answers.set("/jwks", () => ({ json: { keys: [jwk] } }));

  return {
    issuer,
    /** Every request, in order. */
    got,
    /** Requests to one path. */
    to: (path: string) => got.filter((request) => request.path === path),
    on: (path: string, answering: Answering) => void answers.set(path, answering),
    /** Signed with the exchange's key unless told otherwise. */
    sign: (claims: JWTPayload, header: { typ?: string; kid?: string } = {}, key = pair.privateKey) =>
      new SignJWT(claims).setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "k1", ...header }).sign(key),
    keySet: createLocalJWKSet({ keys: [jwk] }),
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

export type FakeExchange = Awaited<ReturnType<typeof fakeExchange>>;
