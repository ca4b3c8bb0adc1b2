import { SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalJson, sha256 } from "../../protocol/canonical-json.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, jwks, link, network } from "../support/network.ts";
import { answered, type KeyPair, keyPair, type Party, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let signing: Party;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  signing = await net.client("Signing", { backchannel_authentication_request_signing_alg: "ES256" });
});
afterAll(() => exchange.close());

const details = [{ type: immunizations, actions: ["read"] }];
const asking = { scope: "openid", binding_message: "K7Q 2M9", authorization_details: JSON.stringify(details) };
const ask = (more: Record<string, string | undefined>, app: Party = net.app) =>
  app.post("/bc-authorize", { ...asking, ...more });
const redeem = async (auth_req_id: unknown, app: Party = net.app) =>
  answered(app.post("/token", { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id: String(auth_req_id) }));
const later = stillClock();

/** A person with a source, and the ID token their first approval gave the app. */
async function known(name: string) {
  const person = new June(exchange, walletOrigin);
  await person.createAccount(name);
  await link(net.lakeside, await person.code("source"));
  const { auth_req_id } = await answered(ask({ login_hint: await person.code("app") }));
  await person.approve(await person.waiting());
  await exchange.settled();
  return { person, id_token_hint: String((await redeem(auth_req_id))["id_token"]) };
}

describe("CIBA Core §7.1 id_token_hint", () => {
  test("(+) an ID token of ours, long expired, leads to its person; another Client's, a forged one and other tokens are refused", async () => {
    const { person, id_token_hint } = await known("Ann");
    later(86_400);
    await person.signIn();
    await answered(ask({ id_token_hint }));
    const screen = await person.waiting();
    expect(screen.notice.client.name).toBe("My Immunizations");
    await person.decline(screen);

    const other = await keyPair();
    const payload = JSON.parse(Buffer.from(id_token_hint.split(".")[1] ?? "", "base64url").toString());
    const forged = await new SignJWT(payload).setProtectedHeader({ alg: "ES256", typ: "JWT" }).sign(other.privateKey);
    const party = await net.lakeside.token("uma_protection");
    for (const wrong of [forged, new UnsecuredJWT(payload).encode(), party, "a.b.c", "x", `${id_token_hint}A`])
      expect(await refusal(ask({ id_token_hint: wrong }))).toBe("400 invalid_request");
    expect(await refusal(ask({ id_token_hint }, net.otherApp))).toBe("400 invalid_request");
    expect(await refusal(ask({ id_token_hint, login_hint: "x" }))).toBe("400 invalid_request");
    expect(await person.requests()).toEqual([]);
  });
  test("N-54 a person who blocked the Client looks like any other: the same answer, and silence", async () => {
    const { person, id_token_hint } = await known("Bea");
    await answered(ask({ id_token_hint }));
    await person.decline(await person.waiting(), true);
    await exchange.settled();
    const again = await answered(ask({ id_token_hint }));
    expect(Object.keys(again)).toEqual(["auth_req_id", "expires_in", "interval"]);
    await exchange.settled();
    expect(await person.requests()).toEqual([]);
  });
});

describe("CIBA Core §7.1 requested_expiry", () => {
  test.each([
    ["300", 300],
    ["1", 10],
    ["86400", 86_400],
    ["9999999", 86_400],
    [undefined, 900],
  ])("%s gives %d seconds", async (requested_expiry, expires_in) => {
    expect(await answered(ask({ login_hint: `n${requested_expiry}`, requested_expiry }))).toMatchObject({ expires_in });
  });
  test.each(["0", "-1", "1.5", "1e3", "ten", "99999999999"])("%s is invalid_request", async (requested_expiry) => {
    expect(await refusal(ask({ login_hint: "nobody", requested_expiry }))).toBe("400 invalid_request");
  });
  test("a wished end is the hard end: expired_token after it", async () => {
    const { auth_req_id } = await answered(ask({ login_hint: "nobody.here", requested_expiry: "10" }));
    later(10);
    const poll = { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id: String(auth_req_id) };
    expect(await refusal(net.app.post("/token", poll))).toBe("400 expired_token");
  });
});

const time = () => Math.floor(Date.now() / 1000);
async function signed(
  claims: Record<string, unknown> = {},
  { party = signing, key }: { party?: Party; key?: KeyPair["privateKey"] } = {},
) {
  const good = {
    iss: party.clientId,
    aud: issuer,
    iat: time(),
    nbf: time(),
    exp: time() + 300,
    jti: crypto.randomUUID(),
    ...asking,
    authorization_details: details,
    login_hint: "nobody",
  };
  const payload = Object.fromEntries(Object.entries({ ...good, ...claims }).filter(([, value]) => value !== undefined));
  return new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid: "sig-1" }).sign(key ?? party.keys.privateKey);
}
const sends = (request: string, more: Record<string, string> = {}, app = signing) =>
  app.post("/bc-authorize", { request, ...more });

describe("UX-37 FAPI-CIBA §5.3 request_context", () => {
  const context = { device: "Firefox on Windows", location: "Toronto, Canada" };
  test("(+) the person sees when it began and what the Client says of where; it is part of what is signed", async () => {
    const asked = await answered(
      ask({ login_hint: await net.june.code("app"), request_context: JSON.stringify({ ...context, ip: "192.0.2.1" }) }),
    );
    const screen = await net.june.waiting();
    expect(screen.notice.began).toEqual({ at: screen.createdAt, ...context });
    const without = await sha256(canonicalJson({ ...screen.notice, began: { at: screen.createdAt } }));
    expect(without).not.toBe(screen.noticeHash);
    expect(await refusal(net.june.approve(screen, { notice: without }))).toBe("409 conflict");
    expect((await net.june.approve(screen)).status).toBe(200);
    expect((await redeem(asked["auth_req_id"]))["access_token"]).toBeDefined();
  });
  test("(+) in a signed request it is an object like any other structure", async () => {
    const request = await signed({ login_hint: await net.june.code("app"), request_context: context });
    await answered(sends(request));
    const screen = await net.june.waiting();
    expect(screen.notice.began).toMatchObject(context);
    await net.june.decline(screen);
  });
  test("without one the time alone is told; what cannot be shown is left out; what is no object is refused", async () => {
    await answered(ask({ login_hint: await net.june.code("app"), request_context: '{"device":{"type":"phone"}}' }));
    const screen = await net.june.waiting();
    expect(screen.notice.began).toEqual({ at: screen.createdAt });
    await net.june.decline(screen);
    for (const request_context of ["Toronto", "[]", '{"device":"a","device":"b"}', `{"x":"${"a".repeat(1_000)}"}`])
      expect(await refusal(ask({ login_hint: "nobody", request_context }))).toBe("400 invalid_request");
  });
});

describe("CIBA Core §7.1.1 signed authentication requests", () => {
  test("(+) every parameter out of the JWT, structures and numbers as JSON has them", async () => {
    const request = await signed({ login_hint: await net.june.code("app"), requested_expiry: 120 });
    expect(await answered(sends(request, { client_id: signing.clientId }))).toMatchObject({ expires_in: 120 });
    const screen = await net.june.waiting();
    expect(screen.notice).toMatchObject({ client: { name: "Signing" }, bindingMessage: "K7Q 2M9" });
    await net.june.decline(screen);
  });
  test("OIDF fapi-ciba-id1-ensure-requested-expiry-as-string-succeeds", async () => {
    expect(await answered(sends(await signed({ requested_expiry: "30" })))).toMatchObject({ expires_in: 30 });
  });
  test("(+) a Client that registered no algorithm may sign, with one of ours", async () => {
    expect((await sends(await signed({}, { party: net.app }), {}, net.app)).status).toBe(200);
  });
  const minutes = (n: number) => () => time() + n * 60;
  test.each(["request", "request_uri"])("RFC 9101 §4 no %s stands inside one", async (name) => {
    const request = await signed({ [name]: "x" });
    expect(await refusal(signing.post("/bc-authorize", { request }))).toBe("400 invalid_request");
  });
  test.each<readonly [string, Record<string, unknown>]>([
    ["missing-aud-fails", { aud: undefined }],
    ["bad-aud-fails", { aud: "https://other.test" }],
    ["missing-iss-fails", { iss: undefined }],
    ["bad-iss-fails", { iss: "somebody" }],
    ["missing-exp-fails", { exp: undefined }],
    ["expired-exp-fails", { exp: minutes(-5) }],
    ["exp-is-70-minutes-in-future-fails", { exp: minutes(70) }],
    ["missing-iat-fails", { iat: undefined }],
    ["missing-nbf-fails", { nbf: undefined }],
    ["nbf-is-10-minutes-in-future-fails", { nbf: minutes(10) }],
    ["nbf-is-70-minutes-in-past-fails", { nbf: minutes(-70) }],
    ["missing-jti-fails", { jti: undefined }],
  ])("OIDF fapi-ciba-id1-ensure-request-object-%s", async (_, claims) => {
    const now = Object.fromEntries(
      Object.entries(claims).map(([name, value]) => [name, typeof value === "function" ? value() : value]),
    );
    expect(await refusal(sends(await signed(now)))).toBe("400 invalid_request");
  });
  test("OIDF fapi-ciba-id1-ensure-request-object-signature-algorithm-is-none-fails, fapi-ciba-id1-ensure-request-object-signature-algorithm-is-bad-fails, fapi-ciba-id1-ensure-request-object-signature-algorithm-is-RS256-fails", async () => {
    const payload = JSON.parse(Buffer.from((await signed()).split(".")[1] ?? "", "base64url").toString());
    const rsa = await keyPair("RS256");
    const rs256 = await new SignJWT(payload).setProtectedHeader({ alg: "RS256" }).sign(rsa.privateKey);
    const shared = new TextEncoder().encode(JSON.stringify((await jwks(signing.keys, "sig")).keys[0]));
    const hs256 = await new SignJWT(payload).setProtectedHeader({ alg: "HS256" }).sign(shared);
    const good = await signed();
    for (const wrong of [new UnsecuredJWT(payload).encode(), rs256, hs256, `${good.slice(0, -6)}AAAAAA`, "x"])
      expect(await refusal(sends(wrong))).toBe("400 invalid_request");
  });
  test("OIDF fapi-ciba-id1-ensure-request-object-signed-by-other-client-fails", async () => {
    expect(await refusal(sends(await signed({}, { party: signing, key: net.app.keys.privateKey })))).toBe(
      "400 invalid_request",
    );
    expect(await refusal(sends(await signed({}, { party: net.app })))).toBe("400 invalid_request");
  });
  test("OIDF fapi-ciba-id1-ensure-unsigned-backchannel-authorization-request-fails, of a Client that registered to sign", async () => {
    expect(await refusal(ask({ login_hint: "nobody" }, signing))).toBe("400 invalid_request");
  });
  test("OIDF fapi-ciba-id1-ensure-authorization-request-with-multiple-hints-fails", async () => {
    expect(await refusal(sends(await signed({ id_token_hint: "a.b.c" })))).toBe("400 invalid_request");
  });
  test("§7.1.1 a parameter beside the JWT is refused, and so is an assertion in its place", async () => {
    expect(await refusal(sends(await signed(), { binding_message: "Z" }))).toBe("400 invalid_request");
    const client_assertion = await signing.assertion({ ...asking, nbf: time(), login_hint: "nobody" });
    expect(await refusal(sends(client_assertion))).toBe("400 invalid_request");
  });
  test("CIBA Core §4 the metadata says so", async () => {
    const metadata = await answered(exchange.fetch(`${issuer}/.well-known/openid-configuration`));
    expect(metadata).toMatchObject({
      backchannel_authentication_request_signing_alg_values_supported: ["ES256", "PS256", "EdDSA", "Ed25519"],
    });
  });
});
