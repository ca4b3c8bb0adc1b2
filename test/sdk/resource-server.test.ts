import { generateKeyPair } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { thumbprintOf } from "../../sdk/resource-server/certificate.ts";
import { protect } from "../../sdk/resource-server/protect.ts";
import { type ResourceServerOptions, resourceServer } from "../../sdk/resource-server/resource-server.ts";
import { newJwkPair } from "../../sdk/signing-key.ts";
import { selfSigned } from "../support/certificates.ts";
import { type AskingClient, askingClient, encryptedTo, RESOURCE, request, seconds, TYPE } from "./asking-client.ts";
import { type FakeExchange, fakeExchange } from "./fake-exchange.ts";

let exchange: FakeExchange;
let client: AskingClient;
let reasons: string[];
const keys = { sig: await newJwkPair("sig"), enc: await newJwkPair("enc") };

beforeAll(async () => {
  exchange = await fakeExchange();
  client = await askingClient(exchange);
});
beforeEach(() => {
  reasons = [];
  exchange.got.length = 0;
  exchange.on("/introspect", () => ({ json: client.active }));
});
afterAll(() => exchange.close());

/** The endpoint under test: answers with what the handler was given. */
function endpoint(options: Partial<ResourceServerOptions> = {}, action = "read", certificate?: string) {
  const server = resourceServer({
    issuer: exchange.issuer,
    client_id: "rs-1",
    key: keys.sig.privateKey,
    resource: RESOURCE,
    decryptionKeys: [keys.enc.privateKey],
    onRefusal: ({ message }) => reasons.push(message),
    ...options,
  });
  const certificateOf = () => certificate;
  return protect(server, { type: TYPE, action }, certificateOf)((_, access) => Response.json(access));
}

async function called(
  token: string,
  { claims, header, ...more }: { claims?: object; header?: object; authorization?: string; dpop?: string } = {},
  handler = endpoint(),
) {
  const dpop = await client.proof(token, claims, header);
  return handler(request({ authorization: `DPoP ${token}`, dpop, ...more }));
}

async function expectRefused(response: Response, status: number, error: string | undefined): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(((await response.json()) as { error?: string }).error).toBe(error);
  if (status === 503) return;
  const challenge = response.headers.get("www-authenticate") ?? "";
  expect(challenge).toMatch(/^DPoP /);
  expect(challenge).toContain('algs="ES256 PS256 EdDSA Ed25519"');
  if (error === undefined) expect(challenge).not.toContain("error=");
  else expect(challenge).toContain(`error="${error}"`);
}

describe("what is let in", () => {
  test("RFC 9449 §7.1 a bound token with a fresh proof gets what introspection tells, not what the token says", async () => {
    const response = await called(await client.token());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      client_id: "c-1",
      sub: "june-here",
      consent: "consent-here",
      authorization_details: client.active.authorization_details,
    });
  });

  test("RFC 7519 §11.2 a nested token is opened, ath is over the token as sent, introspection gets the inner JWS", async () => {
    const inner = await client.token();
    const response = await called(await encryptedTo(keys.enc.publicKey, inner));
    expect(response.status).toBe(200);
    expect(exchange.to("/introspect")[0]?.form.get("token")).toBe(inner);
  });

  test("RFC 7662 §2.1 the Resource Server authenticates with an assertion for the issuer alone", async () => {
    await called(await client.token());
    const form = exchange.to("/introspect")[0]?.form;
    const [, payload = ""] = form?.get("client_assertion")?.split(".") ?? [];
    const assertion = JSON.parse(Buffer.from(payload, "base64url").toString());
    expect(assertion).toMatchObject({ iss: "rs-1", sub: "rs-1", aud: exchange.issuer });
  });

  test("RFC 9449 §4.3 query, host in upper case and default port do not matter in htu (N-39)", async () => {
    const htu = "https://REGISTRY.example:443/fhir/Immunization?_count=1";
    expect((await called(await client.token(), { claims: { htu } })).status).toBe(200);
  });

  test("RFC 9449 §11.1 10 s ahead and 50 s old are fine (N-41)", async () => {
    expect((await called(await client.token(), { claims: { iat: seconds() + 9 } })).status).toBe(200);
    expect((await called(await client.token(), { claims: { iat: seconds() - 50 } })).status).toBe(200);
  });
});

describe("tokens", () => {
  test("RFC 6750 §3.1 no credentials: a challenge without an error", async () => {
    await expectRefused(await endpoint()(request({})), 401, undefined);
  });

  test("RFC 9449 §7.2 a DPoP-bound token as Bearer (N-43)", async () => {
    const token = await client.token();
    await expectRefused(await called(token, { authorization: `Bearer ${token}` }), 401, "invalid_token");
  });

  test("RFC 8705 §3 a certificate-bound token with its certificate, and with no other", async () => {
    const [mine, other] = [await selfSigned("CN=app"), await selfSigned("CN=app")];
    const cnf = { "x5t#S256": await thumbprintOf(mine.der) };
    const token = await client.token({ cnf });
    exchange.on("/introspect", () => ({ json: { ...client.active, token_type: "Bearer", cnf } }));
    const by = (certificate: string | undefined, authorization = `Bearer ${token}`) =>
      endpoint({ cacheSeconds: 0 }, "read", certificate)(request({ authorization }));
    for (const certificate of [mine.pem, mine.der, mine.pem + other.pem])
      expect((await by(certificate)).status).toBe(200);
    for (const certificate of [other.pem, other.pem + mine.pem, "%", "", undefined])
      await expectRefused(await by(certificate), 401, "invalid_token");
    await expectRefused(await by(mine.pem, `DPoP ${token}`), 401, "invalid_dpop_proof");
    await expectRefused(await by(mine.pem, `Bearer ${await client.token()}`), 401, "invalid_token");
    const both = await client.token({ cnf: { ...cnf, jkt: client.jkt } });
    await expectRefused(await by(mine.pem, `Bearer ${both}`), 401, "invalid_token");
  });

  test("FAPI 2.0 §5.3.4 a token in the query is not looked at (N-45)", async () => {
    const token = await client.token();
    const response = await endpoint()(
      request({ dpop: await client.proof(token) }, `/fhir/Immunization?access_token=${token}`),
    );
    await expectRefused(response, 401, undefined);
  });

  test.each([
    ["expired", { exp: 1 }],
    ["for another audience", { aud: "https://clinic.example" }],
    ["for several audiences", { aud: [RESOURCE, "https://clinic.example"] }],
    ["of another issuer (N-45)", { iss: "https://evil.example" }],
    ["bound to no key", { cnf: undefined }],
    ["bound to another key (N-42)", { cnf: { jkt: "another" } }],
    ["without client_id", { client_id: undefined }],
  ])("RFC 9068 §4 a token %s", async (_, claims) => {
    await expectRefused(await called(await client.token(claims)), 401, "invalid_token");
    expect(exchange.to("/introspect")).toHaveLength(0);
  });

  test("RFC 9068 §4 another typ, an unknown kid, another signer", async () => {
    const { privateKey } = await generateKeyPair("ES256");
    await expectRefused(await called(await client.token({}, { typ: "JWT" })), 401, "invalid_token");
    await expectRefused(await called(await client.token({}, { kid: "k9" })), 401, "invalid_token");
    await expectRefused(await called(await client.token({}, {}, privateKey)), 401, "invalid_token");
  });

  test("RFC 7516 §5.2 encrypted to another key, tampered with, or holding no JWT", async () => {
    const foreign = await newJwkPair("enc");
    const token = await client.token();
    await expectRefused(await called(await encryptedTo(foreign.publicKey, token)), 401, "invalid_token");
    const sent = await encryptedTo(keys.enc.publicKey, token);
    await expectRefused(await called(`${sent.slice(0, -4)}AAAA`), 401, "invalid_token");
    await expectRefused(await called(await encryptedTo(keys.enc.publicKey, token, "text")), 401, "invalid_token");
  });

  test("RFC 7515 §7.1 one token has one spelling: padding and white space are refused", async () => {
    const token = await client.token();
    await expectRefused(await called(`${token}=`), 401, "invalid_token");
    await expectRefused(await called(token, { authorization: `DPoP ${token}, DPoP ${token}` }), 401, "invalid_token");
  });
});

describe("proofs", () => {
  test.each([
    ["without ath", { ath: undefined }],
    ["with the ath of another token (N-42)", { ath: "6_DlwFcWLnl9Yw5s7cWtDqvJV1HUa0Q0ZQvWhb0cHFE" }],
    ["for another method (N-39)", { htm: "PUT" }],
    ["for a method in lower case", { htm: "get" }],
    ["for another path (N-39)", { htu: `${RESOURCE}/fhir/Patient` }],
    ["for another host", { htu: "https://evil.example/fhir/Immunization" }],
    ["with an htu that is no URL", { htu: "/fhir/Immunization" }],
    ["too old (N-41)", { iat: seconds() - 75 }],
    ["from the future (N-41)", { iat: seconds() + 30 }],
    ["without jti (N-37)", { jti: undefined }],
  ])("RFC 9449 §4.3 a proof %s", async (_, claims) => {
    await expectRefused(await called(await client.token(), { claims }), 401, "invalid_dpop_proof");
  });

  test("RFC 9449 §4.3 typ is dpop+jwt, jwk is there and public (N-37, N-38)", async () => {
    const token = await client.token();
    await expectRefused(await called(token, { header: { typ: "JWT" } }), 401, "invalid_dpop_proof");
    await expectRefused(await called(token, { header: { jwk: undefined } }), 401, "invalid_dpop_proof");
    const { privateKey } = keys.sig;
    await expectRefused(await called(token, { header: { jwk: privateKey } }), 401, "invalid_dpop_proof");
  });

  test("RFC 9449 §4.3 no proof, garbage, or two of them, comma-joined (N-36)", async () => {
    const token = await client.token();
    const authorization = `DPoP ${token}`;
    const proof = await client.proof(token);
    await expectRefused(await endpoint()(request({ authorization })), 401, "invalid_dpop_proof");
    await expectRefused(await called(token, { dpop: "a.b.c" }), 401, "invalid_dpop_proof");
    await expectRefused(await called(token, { dpop: `${proof}, ${proof}` }), 401, "invalid_dpop_proof");
  });

  test("RFC 9449 §11.1 a proof is used once, by whoever signed it (N-40, N-44)", async () => {
    const handler = endpoint();
    const token = await client.token();
    const dpop = await client.proof(token, { jti: "same" });
    const authorization = `DPoP ${token}`;
    expect((await handler(request({ authorization, dpop }))).status).toBe(200);
    await expectRefused(await handler(request({ authorization, dpop })), 401, "invalid_dpop_proof");

    const other = await askingClient(exchange);
    exchange.on("/introspect", () => ({ json: other.active }));
    const theirs = await other.token();
    const again = { authorization: `DPoP ${theirs}`, dpop: await other.proof(theirs, { jti: "same" }) };
    expect((await handler(request(again))).status).toBe(200);
  });

  test("RFC 9449 §11.1 the memory of proofs can be shared between processes", async () => {
    const used = new Set<string>();
    const proofs = { firstUse: async (key: string) => used.size !== used.add(key).size };
    const token = await client.token();
    const headers = { authorization: `DPoP ${token}`, dpop: await client.proof(token) };
    expect((await endpoint({ proofs })(request(headers))).status).toBe(200);
    await expectRefused(await endpoint({ proofs })(request(headers)), 401, "invalid_dpop_proof");
  });
});

test("RFC 9449 §7.1 the reason is for the log, never for the caller", async () => {
  const response = await called(await client.token(), { claims: { htm: "PUT" } });
  expect(reasons).toEqual(["DPoP proof: htm is another method"]);
  expect(await response.text()).not.toContain("htm");
});
