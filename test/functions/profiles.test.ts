import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backchannel } from "../support/backchannel.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { redirectDoor, redirecting, verifier } from "../support/redirect.ts";
import { selfRegistered } from "../support/self-registered.ts";

/** What profiles and best practices demand beyond the flows, a row a demand. */
let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  app = await net.client("Redirecting", redirecting);
});
afterAll(() => exchange.close());

const door = redirectDoor(
  () => exchange,
  () => net,
  () => app,
);
const { ask, asked, poll } = backchannel(() => net);
const open = (path: string, headers: Record<string, string> = {}) =>
  exchange.fetch(issuer + path, { headers, redirect: "manual" });

describe("RFC 9126 pushed authorization requests", () => {
  test("RFC 9126 §2.2 201 with a request_uri and its life in seconds, not cached", async () => {
    const response = await door.push();
    expect([response.status, response.headers.get("cache-control")]).toEqual([201, "no-store"]);
    const { request_uri, expires_in } = await answered(response);
    expect(request_uri).toMatch(/^urn:ietf:params:oauth:request_uri:par_[\w-]{60,}$/);
    // FAPI 2.0 §5.3.2.2: below 600.
    expect(expires_in).toBe(90);
  });
  test("RFC 9126 §2.1, §2.3 the Client authenticates as at the token endpoint; refusals are JSON as there", async () => {
    const none = { client_assertion: undefined, client_assertion_type: undefined, client_id: app.clientId };
    const response = await door.push(none);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await refusal(response)).toBe("401 invalid_client");
    expect(await refusal(door.push({ request_uri: "urn:x" }))).toBe("400 invalid_request");
  });
  test("RFC 9126 §7.1 a request_uri cannot be guessed from another", async () => {
    const [first, second] = [await door.pushed(), await door.pushed()];
    const shared = [...first].findIndex((character, n) => character !== second[n]);
    expect(first.slice(0, shared)).toMatch(/par_r1/);
    expect(first.length - shared).toBeGreaterThan(60);
  });
});

describe("RFC 9700 best current practice", () => {
  test("RFC 9700 §2.1, §4.1.3 a redirect_uri is compared byte for byte", async () => {
    for (const redirect_uri of [
      "https://app.test/back?tenant=2",
      "https://app.test/back",
      "https://app.test/back?tenant=1#",
    ])
      expect(await refusal(door.push({ redirect_uri }))).toBe("400 invalid_request");
  });
  test("RFC 9700 §2.1.1, §4.8.2 PKCE with S256 always; the verifier of another request fits no code", async () => {
    expect(await refusal(door.push({ code_challenge: undefined }))).toBe("400 invalid_request");
    expect(await refusal(door.push({ code_challenge_method: undefined }))).toBe("400 invalid_request");
    const code = await door.code();
    expect(await refusal(door.redeem(code, { code_verifier: `${verifier}x` }))).toBe("400 invalid_grant");
    expect((await door.redeem(code)).status).toBe(200);
  });
  test("RFC 9700 §2.1.2, §2.4 no implicit grant, no password grant", async () => {
    for (const response_type of ["token", "id_token", "code token"])
      expect(await refusal(door.push({ response_type }))).toBe("400 unsupported_response_type");
    for (const grant_type of ["password", "implicit"])
      expect(await refusal(app.post("/token", { grant_type }))).toBe("400 unsupported_grant_type");
  });
  test("RFC 9700 §2.2.1, §2.3 an access token is bound to a key, and for one source", async () => {
    const resource = "https://clinic.test";
    const { access_token } = await answered(door.redeem(await door.code(), { resource }));
    const { aud, cnf } = decodeJwt(String(access_token));
    expect([aud, Object.keys(cnf ?? {})]).toEqual([resource, ["jkt"]]);
  });
  test("RFC 9700 §4.4.2.1 mix-up: iss stands in every authorization response", async () => {
    for (const approve of [true, false])
      expect((await door.back({}, { approve })).searchParams.get("iss")).toBe(issuer);
  });
  test("RFC 9700 §4.11.2 the authorization endpoint redirects nobody to where a request says", async () => {
    for (const query of [
      "redirect_uri=https://evil.test",
      "request_uri=https://evil.test",
      "request_uri=urn%3Ax&client_id=x",
    ]) {
      const { status, headers } = await open(`/authorize?${query}`);
      expect([status, headers.get("location")]).toEqual([303, "https://wallet.test/#/stopped/flow"]);
    }
  });
  test("RFC 9700 §4.12 browsers are sent on by 303, which repeats no body", async () => {
    const tab = door.browser();
    await door.arrive(tab); // expects 303 at each step
    expect((await open("/authorize/resume?completion=x")).status).toBe(303);
  });
  test("RFC 9700 §2.6 no script of another origin reads an answer of the authorization or token endpoint", async () => {
    const paths = [
      `/authorize?request_uri=${await door.pushed()}`,
      "/authorize/resume",
      "/token",
      "/par",
      "/bc-authorize",
    ];
    for (const path of paths) {
      const { headers } = await open(path, { origin: "https://evil.test" });
      expect([path, headers.get("access-control-allow-origin")]).toEqual([path, null]);
    }
  });
  test("RFC 9700 §4.15.1, FAPI 2.0 §6 no client_id looks like a person's sub, and no person's like a Client's", async () => {
    const { access_token, id_token } = await answered(
      door.redeem(await door.code(), { resource: "https://clinic.test" }),
    );
    const manager = await net.client("Manager", {
      scope: "grant_management_query",
      grant_types: ["client_credentials"],
    });
    expect(decodeJwt(await manager.token("grant_management_query")).sub).toBe(manager.clientId);
    for (const token of [access_token, id_token])
      expect(decodeJwt(String(token)).sub).not.toMatch(/^(client|rs)_|^operator$/);
    expect(manager.clientId).toMatch(/^client_/);
  });
});

describe("FAPI-CIBA §5.2.2 of the authorization server", () => {
  test("FAPI-CIBA §5.2.2 confidential Clients alone, and no push", async () => {
    const self = await selfRegistered(exchange, net);
    for (const wrong of [{ token_endpoint_auth_method: "none" }, { backchannel_token_delivery_mode: "push" }])
      await expect(self.registered(wrong)).rejects.toThrow("400");
  });
  test("FAPI-CIBA §5.2.2 one context on both screens: the Client's binding_message, or a number of ours", async () => {
    expect(await refusal(ask({ binding_message: undefined }))).toBe("400 invalid_binding_message");
    const matching = await net.client("Matching", { fpx_number_match: true });
    expect(await answered(ask({ binding_message: undefined }, matching))).toHaveProperty("number");
  });
  test("FAPI-CIBA §5.2.2 a login_hint carries no intent: 64 characters that name a person", async () => {
    const intent = JSON.stringify({ amount: "100.00", to: "DE89370400440532013000", why: "lunch", when: "tomorrow" });
    expect(await refusal(ask({ login_hint: intent }))).toBe("400 invalid_request");
  });
  test("FAPI-CIBA §5.2.2, FAPI 2.0 §5.3.2.1 tokens bound to a key, a refresh token that stays the same", async () => {
    const auth_req_id = await asked(await net.june.code("app"));
    await net.june.approve(await net.june.waiting());
    const { token_type, refresh_token } = await answered(poll(auth_req_id));
    expect(token_type).toBe("DPoP");
    const form = { grant_type: "refresh_token", refresh_token: String(refresh_token) };
    for (let n = 0; n < 2; n++)
      expect(await answered(net.app.post("/token", form))).not.toHaveProperty("refresh_token");
  });
});
