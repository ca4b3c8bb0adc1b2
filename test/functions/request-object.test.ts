import { SignJWT } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { registry } from "../support/network.ts";
import { keyPair, type Party, refusal } from "../support/parties.ts";

let exchange: TestExchange;
let app: Party;
let signing: Party;
const redirect_uri = "https://app.test/back";
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  const parties = await registry(exchange);
  const metadata = { redirect_uris: [redirect_uri], grant_types: ["authorization_code", "refresh_token"] };
  [app, signing] = await Promise.all([
    parties.client("Plain", metadata),
    parties.client("Signing", { ...metadata, request_object_signing_alg: "ES256" }),
  ]);
});
afterAll(() => exchange.close());

const verifier = client.randomPKCECodeVerifier();
const parameters = {
  response_type: "code",
  redirect_uri,
  scope: "openid immunization-history.read",
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: "S256",
};
const time = () => Math.floor(Date.now() / 1000);

/** A request object of the Client's; `claims` replace, or take away what is undefined. */
async function requestObject(claims: Record<string, unknown> = {}, alg = "ES256", key = signing.keys.privateKey) {
  const good = {
    iss: signing.clientId,
    aud: issuer,
    client_id: signing.clientId,
    nbf: time(),
    exp: time() + 300,
    ...parameters,
  };
  const payload = Object.fromEntries(Object.entries({ ...good, ...claims }).filter(([, value]) => value !== undefined));
  return new SignJWT(payload).setProtectedHeader({ alg, typ: "oauth-authz-req+jwt" }).sign(key);
}

async function pushed(request: string, more: Record<string, string> = {}): Promise<string> {
  const response = await signing.post("/par", { request, ...more });
  return response.ok ? "201" : refusal(response);
}

describe("RFC 9101 request objects at RFC 9126 PAR", () => {
  test("openid-client as it is: JAR, by value, pushed", async () => {
    const options = { [client.customFetch]: exchange.fetch } as never;
    const config = await client.discovery(
      new URL(issuer),
      signing.clientId,
      {},
      client.PrivateKeyJwt(signing.keys.privateKey),
      options,
    );
    const url = await client.buildAuthorizationUrlWithJAR(
      config,
      { ...parameters, state: "s" },
      signing.keys.privateKey,
    );
    const onward = await client.buildAuthorizationUrlWithPAR(config, url.searchParams);
    expect(onward.searchParams.get("request_uri")).toMatch(/^urn:ietf:params:oauth:request_uri:par_/);
  });
  test.each<[string, Record<string, unknown>]>([
    ["ensure-request-object-with-multiple-aud-succeeds", { aud: [issuer, "https://other.test"] }],
    ["ensure-request-object-with-nbf-8-seconds-in-the-future-is-accepted", { nbf: time() + 8, exp: time() + 100 }],
  ])("OIDF fapi2-security-profile-final-%s", async (_, claims) => {
    expect(await pushed(await requestObject(claims))).toBe("201");
  });
  test.each<[string, Record<string, unknown>]>([
    ["ensure-request-object-without-exp-fails", { exp: undefined }],
    ["ensure-request-object-without-nbf-fails", { nbf: undefined }],
    ["ensure-request-object-without-redirect-uri-fails", { redirect_uri: undefined }],
    ["ensure-expired-request-object-fails", { exp: time() - 300, nbf: time() - 400 }],
    ["ensure-request-object-with-bad-aud-fails", { aud: "https://other.test" }],
    ["ensure-request-object-with-exp-over-60-fails", { exp: time() + 3_700 }],
    ["ensure-request-object-with-nbf-over-60-fails", { nbf: time() - 3_700 }],
    ["par-authorization-request-containing-request_uri", { request_uri: "urn:ietf:params:oauth:request_uri:x" }],
  ])("OIDF fapi2-security-profile-final-%s", async (_, claims) => {
    // What the JWT says is judged like what a form says; a JWT that does not hold is invalid_request_object (RFC 9101 §6).
    const wanted = "redirect_uri" in claims ? "invalid_request" : "invalid_request_object";
    expect(await pushed(await requestObject(claims))).toBe(`400 ${wanted}`);
  });
  test.each<[string, Record<string, unknown>]>([
    ["RFC 9101 §4 a request inside", { request: "x" }],
    ["RFC 9101 §4 a request_uri inside", { request_uri: "urn:ietf:params:oauth:request_uri:x" }],
    ["RFC 9101 §5 another client's id inside", { client_id: "client_other" }],
    ["RFC 9101 §5 another issuer", { iss: "client_other" }],
    ["RFC 8725 §3.12 a subject, as an assertion has", { sub: "client_other" }],
  ])("%s", async (_, claims) => {
    expect(await pushed(await requestObject(claims))).toBe("400 invalid_request_object");
  });
  test("OIDF fapi2-security-profile-final-ensure-signed-request-object-with-RS256-fails, fapi2-security-profile-final-ensure-request-object-with-invalid-signature-fails, fapi2-security-profile-final-ensure-request-object-signature-algorithm-is-not-none", async () => {
    const rsa = await keyPair("RS256");
    expect(await pushed(await requestObject({}, "RS256", rsa.privateKey))).toBe("400 invalid_request_object");
    expect(await pushed(await requestObject({}, "ES256", app.keys.privateKey))).toBe("400 invalid_request_object");
    const [, payload] = (await requestObject()).split(".");
    expect(await pushed(`${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`)).toBe(
      "400 invalid_request_object",
    );
  });
  test("OIDF fapi2-security-profile-final-ensure-unsigned-request-at-par-endpoint-fails; outside and inside are never mixed", async () => {
    expect(await refusal(signing.post("/par", parameters))).toBe("400 invalid_request");
    expect(await pushed(await requestObject(), { state: "outside" })).toBe("400 invalid_request");
    expect((await app.post("/par", parameters)).status).toBe(201);
  });
});
