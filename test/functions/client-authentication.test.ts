import { createSecretKey } from "node:crypto";
import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair, importPKCS8, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { type KeyPair, keyPair, type Party, refusal } from "../support/parties.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
let otherApp: Party;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  ({ app, otherApp } = net);
});
afterAll(() => exchange.close());

/** The same RSA key, for PKCS #1 signatures. */
const rs256Of = async ({ privateKey, publicKey }: KeyPair): Promise<KeyPair> => ({
  publicKey,
  privateKey: await importPKCS8(await exportPKCS8(privateKey), "RS256"),
});

const time = () => Math.floor(Date.now() / 1000);
const endpoints = ["/token", "/bc-authorize", "/introspect", "/revoke"] as const;

/** What an endpoint says to this assertion; "past" once authentication is behind it. */
async function with_(
  assertion: string,
  path: (typeof endpoints)[number] = "/revoke",
  more: Record<string, string> = {},
) {
  const response = await app.post(path, {
    client_assertion: assertion,
    ...(path === "/token" ? {} : { token: "none" }),
    ...more,
  });
  if (response.ok) return "past";
  const code = await refusal(response);
  return code === "401 invalid_client" ? code : "past";
}

describe.each(endpoints)("client authentication at %s", (path) => {
  test("FAPI 2.0 §5.3.2.1 (+) the issuer as a string is the audience", async () => {
    expect(await with_(await app.assertion(), path)).toBe("past");
  });
  test.each([
    ["N-01 the endpoint's URL", `${issuer}${path}`],
    ["N-02 an array with the issuer", [issuer, "https://other.test"]],
    ["N-02 an array of the issuer alone", [issuer]],
    ["N-03 another issuer", "https://other.test"],
    ["N-03 the issuer with a slash", `${issuer}/`],
    ["N-03 the issuer in capitals", issuer.toUpperCase()],
    ["no audience", undefined],
  ])("%s as aud is invalid_client", async (_, aud) => {
    expect(await with_(await app.assertion({ aud }), path)).toBe("401 invalid_client");
  });
});

describe("RFC 7523 §3 assertions", () => {
  test("N-04 a key is of one algorithm: no ES256 signature, nor any other, under the kid of an RSA key", async () => {
    const rsa = await keyPair("PS256");
    const key = { ...(await exportJWK(rsa.publicKey)), kid: "rsa", use: "sig", alg: "PS256" };
    const ec = { ...(await exportJWK(app.keys.publicKey)), kid: "ec", use: "sig", alg: "ES256" };
    const { client_id } = await net.add("clients", {
      client_name: "Two keys",
      jwks: { keys: [key, ec] },
      capabilities: [],
    });
    const claims = { iss: client_id, sub: client_id };
    const signed = (header: object, pair: KeyPair) => app.assertion(claims, { ...header }, pair.privateKey);
    expect(await with_(await signed({ alg: "PS256", kid: "rsa" }, rsa))).toBe("past");
    expect(await with_(await signed({ alg: "ES256", kid: "ec" }, app.keys))).toBe("past");
    expect(await with_(await signed({ alg: "ES256", kid: "rsa" }, app.keys))).toBe("401 invalid_client");
    expect(await with_(await signed({ alg: "PS256", kid: "ec" }, rsa))).toBe("401 invalid_client");
    expect(await with_(await signed({ alg: "RS256", kid: "rsa" }, await rs256Of(rsa)))).toBe("401 invalid_client");
  });
  test("N-04 no algorithm but those of FAPI 2.0 §5.4", async () => {
    const [header, payload] = (await app.assertion()).split(".") as [string, string];
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    expect(await with_(`${none}.${payload}.`)).toBe("401 invalid_client");
    expect(await with_(`${none}.${payload}.AA`)).toBe("401 invalid_client");
    for (const alg of ["NONE", "None", "nOnE"]) {
      const spelled = Buffer.from(JSON.stringify({ alg })).toString("base64url");
      expect(await with_(`${spelled}.${payload}.`)).toBe("401 invalid_client");
    }
    expect(await with_(`${header}.${payload}.${Buffer.alloc(64).toString("base64url")}`)).toBe("401 invalid_client");
    const secret = createSecretKey(Buffer.from(await exportSPKI(app.keys.publicKey)));
    expect(await with_(await app.assertion({}, { alg: "HS256" }, secret as never))).toBe("401 invalid_client");
    const rsa = await generateKeyPair("RS256");
    expect(await with_(await app.assertion({}, { alg: "RS256" }, rsa.privateKey))).toBe("401 invalid_client");
  });
  test("N-05 sub and iss are the client, and client_id says the same", async () => {
    expect(await with_(await app.assertion({ sub: undefined }))).toBe("401 invalid_client");
    expect(await with_(await app.assertion({ iss: otherApp.clientId }))).toBe("401 invalid_client");
    expect(await with_(await app.assertion(), "/revoke", { client_id: otherApp.clientId })).toBe("401 invalid_client");
    expect(await with_(await app.assertion(), "/revoke", { client_id: app.clientId })).toBe("past");
    expect(await with_(await app.assertion({ iss: "client_unknown", sub: "client_unknown" }))).toBe(
      "401 invalid_client",
    );
    expect(await with_(await app.assertion({}, {}, otherApp.keys.privateKey))).toBe("401 invalid_client");
  });
  test("N-06 exp and jti are needed; expired or long-lived is refused", async () => {
    expect(await with_(await app.assertion({ exp: time() - 300 }))).toBe("401 invalid_client");
    expect(await with_(await app.assertion({ exp: undefined }))).toBe("401 invalid_client");
    expect(await with_(await app.assertion({ exp: time() + 700 }))).toBe("401 invalid_client");
    expect(await with_(await app.assertion({ jti: undefined }))).toBe("401 invalid_client");
    expect(await with_(await app.assertion({ jti: "" }))).toBe("401 invalid_client");
  });
  test("N-07 one assertion is used once: again, elsewhere, and 20 times at once", async () => {
    const assertion = await app.assertion();
    expect(await with_(assertion)).toBe("past");
    expect(await with_(assertion)).toBe("401 invalid_client");
    expect(await with_(assertion, "/token")).toBe("401 invalid_client");
    const raced = await app.assertion();
    const results = await Promise.all(Array.from({ length: 20 }, () => with_(raced)));
    expect(results.filter((result) => result === "past")).toHaveLength(1);
  });
  test("N-08 (+) two clients may use the same jti", async () => {
    const jti = crypto.randomUUID();
    expect(await with_(await app.assertion({ jti }))).toBe("past");
    expect(
      (await otherApp.post("/revoke", { token: "none", client_assertion: await otherApp.assertion({ jti }) })).status,
    ).toBe(200);
  });
  test("N-09 iat and nbf 8 s ahead are accepted, over 60 s refused", async () => {
    expect(await with_(await app.assertion({ iat: time() + 8, nbf: time() + 8 }))).toBe("past");
    expect(await with_(await app.assertion({ iat: time() + 63 }))).toBe("401 invalid_client");
    expect(await with_(await app.assertion({ nbf: time() + 63 }))).toBe("401 invalid_client");
  });
  test("N-10 RFC 8725 §3.10 no key from a header", async () => {
    const { publicKey } = await keyPair();
    const jwk = { ...(await import("jose").then(({ exportJWK }) => exportJWK(publicKey))) };
    for (const header of [
      { jku: "https://evil.test/jwks" },
      { x5u: "https://evil.test/x5u" },
      { jwk },
      { kid: "../../x" },
      { kid: "k".repeat(10_000) },
    ])
      expect(await with_(await app.assertion({}, header))).toBe("401 invalid_client");
  });
  test("N-11 a secret, an id alone or an unsigned assertion authenticates nobody", async () => {
    const none = {
      client_assertion: undefined,
      client_assertion_type: undefined,
      token: "none",
      client_id: app.clientId,
    };
    expect(await refusal(app.post("/revoke", none))).toBe("401 invalid_client");
    expect(await refusal(app.post("/revoke", { ...none, client_secret: "secret" }))).toBe("401 invalid_client");
    expect(await refusal(app.post("/revoke", { token: "none", client_secret: "secret" }))).toBe("401 invalid_client");
    expect(await refusal(app.post("/revoke", { token: "none", client_assertion_type: "urn:other" }))).toBe(
      "401 invalid_client",
    );
  });
  test("N-12 a DPoP proof, a request object or an ID token is no assertion", async () => {
    expect(await with_(await app.proof("POST", `${issuer}/revoke`, { keys: app.keys }))).toBe("401 invalid_client");
    for (const typ of ["oauth-authz-req+jwt", "dpop+jwt", "at+jwt", "secevent+jwt"])
      expect(await with_(await app.assertion({}, { typ }))).toBe("401 invalid_client");
    for (const typ of ["JWT", "client-authentication+jwt"])
      expect(await with_(await app.assertion({}, { typ }))).toBe("past");
    const idToken = await new SignJWT({ iss: issuer, sub: "x", aud: app.clientId })
      .setProtectedHeader({ alg: "ES256" })
      .sign(app.keys.privateKey);
    expect(await with_(idToken)).toBe("401 invalid_client");
  });
  test("jose accepts padded base64url: one assertion has one spelling", async () => {
    expect(await with_(`${await app.assertion()}=`)).toBe("401 invalid_client");
    expect(await with_(` ${await app.assertion()}`)).toBe("401 invalid_client");
  });
});
