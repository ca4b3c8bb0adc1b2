import { decodeJwt } from "jose";
import * as client from "openid-client";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { grantType } from "../../protocol/oauth.ts";
import type { ConsentView, RequestScreen } from "../../protocol/wallet.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { answered, keyPair, type Party, refusal } from "../support/parties.ts";
import { askIn, good, redirectDoor, redirecting } from "../support/redirect.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
let other: Party;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  [app, other] = await Promise.all([net.client("Redirecting", redirecting), net.client("Other", redirecting)]);
});
afterAll(() => exchange.close());
afterEach(() => {
  vi.useRealTimers();
});
const { push, pushed, browser, back, code, redeem } = redirectDoor(
  () => exchange,
  () => net,
  () => app,
);

const userinfo = `${issuer}/userinfo`;
const scope = "openid";
type Tokens = Readonly<Record<string, unknown>>;
const signedIn = async (party = app): Promise<Tokens> => {
  const here = await back({ scope }, { party });
  return answered(redeem(here.searchParams.get("code") ?? "", {}, party));
};
const subIn = ({ id_token }: Tokens) => decodeJwt(String(id_token)).sub;
const tell = ({ access_token }: Tokens, method = "GET", party = app) =>
  party.call(method, "/userinfo", String(access_token));

/** The screen a request of the redirect door leads to. */
async function screenOf(request_uri: string): Promise<RequestScreen> {
  const location = await browser().authorize(request_uri, app.clientId);
  const { id } = (await answered(net.june.call("POST", `/wallet/asks/${askIn(location)}`))) as { id: string };
  return net.june.screen(id);
}
const consents = async () =>
  (await answered(net.june.call("GET", "/wallet/consents")))["consents"] as readonly ConsentView[];

describe("OIDC Core §3.1 scope=openid alone is a sign-in", () => {
  test("the screen says so: no data, no sources, one end", async () => {
    const { notice, expiresAt } = await screenOf(await pushed({ scope }));
    expect(notice).toEqual({
      client: { name: "Redirecting", registeredAt: expect.any(Number), namedBy: "operator" },
      language: "en",
      signIn: true,
      asked: [],
      durations: [{ endsAt: expiresAt + 900 }],
      proposed: 0,
    });
    const [newest] = await net.june.requests();
    expect(newest).toMatchObject({ client: "Redirecting", signIn: true, titles: [] });
  });
  test("OIDC Core §3.1.3.3 the answer is an ID token and an access token for /userinfo, and nothing to refresh", async () => {
    const tokens = await signedIn();
    expect(Object.keys(tokens).sort()).toEqual(["access_token", "expires_in", "id_token", "scope", "token_type"]);
    expect(tokens).toMatchObject({ scope: "openid", token_type: "DPoP" });
    expect(decodeJwt(String(tokens["access_token"]))).toMatchObject({
      aud: userinfo,
      client_id: app.clientId,
      scope: "openid",
    });
  });
  test("the Wallet shows it as a sign-in", async () => {
    await signedIn();
    const shown = (await consents()).find(({ state }) => state === "active");
    expect(shown).toMatchObject({ client: "Redirecting", signIn: true, kinds: [] });
    expect(shown).not.toHaveProperty("notInUse");
  });
  test("N-71 nothing but the sign-in can be approved", async () => {
    const screen = await screenOf(await pushed({ scope }));
    const sources = [["link"]];
    expect(await refusal(net.june.approve(screen, { sources, actions: [["read"]] }))).toBe("422 unprocessable");
    expect(await refusal(net.june.approve(screen, { endsAt: screen.expiresAt + 86_400 }))).toBe("422 unprocessable");
    expect((await net.june.approve(screen)).status).toBe(200);
  });
  test("CIBA Core §7.1 at the back channel, too: her phone rings, the answer is the same", async () => {
    const question = { scope, login_hint: await net.june.code("app"), binding_message: "Heron 47" };
    const { auth_req_id } = await answered(net.app.post("/bc-authorize", question));
    const screen = await net.june.waiting();
    expect(screen.notice).toMatchObject({ signIn: true, asked: [], bindingMessage: "Heron 47" });
    expect((await net.june.approve(screen)).status).toBe(200);
    const grant = { grant_type: grantType.ciba, auth_req_id: String(auth_req_id) };
    const tokens = await answered(net.app.post("/token", grant));
    expect(await answered(tell(tokens, "GET", net.app))).toEqual({ sub: subIn(tokens) });
    // From now on the ID token is a hint (§7.1).
    const hinted = { scope, id_token_hint: String(tokens["id_token"]), binding_message: "Heron 48" };
    await answered(net.app.post("/bc-authorize", hinted));
    await net.june.decline(await net.june.waiting());
  });
  test("RFC 6749 §4.1.2.1 a decline is access_denied", async () => {
    expect((await back({ scope }, { approve: false })).searchParams.get("error")).toBe("access_denied");
  });
  test.each([
    ["a source to wish for", { resource: "https://registry.test" }, "400 invalid_target"],
    ["no openid either", { scope: undefined }, "400 invalid_scope"],
    ["a scope that is none of ours", { scope: "openid profile" }, "400 invalid_scope"],
    ["a grant to change", { grant_management_action: "merge", grant_id: "grant_r1x" }, "400 invalid_request"],
  ])("%s is refused", async (_, more, expected) => {
    expect(await refusal(push({ scope, ...more }))).toBe(expected);
  });
  test("N-32 nothing of what was not asked comes with it", async () => {
    const value = await code({ scope });
    expect(await refusal(redeem(value, { scope: "immunization-history.read" }))).toBe("400 invalid_scope");
    expect(await refusal(redeem(value, { resource: "https://registry.test" }))).toBe("400 invalid_target");
    expect((await redeem(value, { resource: userinfo })).status).toBe(200);
  });
});

describe("OIDC Core §5.3 the UserInfo endpoint", () => {
  test("§5.3.1, §5.3.2 GET and POST tell the pairwise sub of the ID token, and nothing else", async () => {
    const tokens = await signedIn();
    for (const method of ["GET", "POST"]) {
      const response = await tell(tokens, method);
      expect(response.headers.get("content-type")).toBe("application/json");
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(await answered(response)).toEqual({ sub: subIn(tokens) });
    }
  });
  test("OIDC Core §8 another Client knows another sub", async () => {
    const [here, there] = [await signedIn(), await signedIn(other)];
    expect(subIn(there)).not.toBe(subIn(here));
    expect(await answered(tell(there, "GET", other))).toEqual({ sub: subIn(there) });
  });
  test("openid-client as it is: sign in, fetchUserInfo checks the sub", async () => {
    const options = { [client.customFetch]: exchange.fetch } as never;
    const auth = client.PrivateKeyJwt(app.keys.privateKey);
    const config = await client.discovery(new URL(issuer), app.clientId, {}, auth, options);
    const DPoP = client.getDPoPHandle(config, app.dpopKeys as CryptoKeyPair);
    const tokens = await signedIn();
    const sub = String(subIn(tokens));
    expect(await client.fetchUserInfo(config, String(tokens["access_token"]), sub, { DPoP })).toEqual({ sub });
    await expect(
      client.fetchUserInfo(config, String(tokens["access_token"]), "another", { DPoP }),
    ).rejects.toMatchObject({ code: "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED" });
  });
  test("N-43, N-42, N-40 as Bearer, without a proof, with another key's, or with one used before: 401 with a challenge", async () => {
    const token = String((await signedIn())["access_token"]);
    const get = (headers: Record<string, string>) => exchange.fetch(userinfo, { headers });
    const authorization = `DPoP ${token}`;
    const own = await app.proof("GET", userinfo, { token });
    const foreign = await app.proof("GET", userinfo, { token, keys: await keyPair() });
    const refused = await get({ authorization: `Bearer ${token}` });
    expect(refused.headers.get("www-authenticate")).toContain('error="invalid_token"');
    expect(refused.status).toBe(401);
    for (const dpop of [undefined, foreign, await app.proof("GET", userinfo)])
      expect((await get({ authorization, ...(dpop && { dpop }) })).status).toBeOneOf([400, 401]);
    expect((await get({ authorization, dpop: own })).status).toBe(200);
    expect((await get({ authorization, dpop: own })).status).toBeOneOf([400, 401]);
  });
  test("N-45 the token in the query or the body is none", async () => {
    const token = String((await signedIn())["access_token"]);
    const headers = { dpop: await app.proof("GET", userinfo, { token }) };
    expect((await exchange.fetch(`${userinfo}?access_token=${token}`, { headers })).status).toBe(401);
    const posted = { dpop: await app.proof("POST", userinfo, { token }) };
    const body = new URLSearchParams({ access_token: token });
    expect((await exchange.fetch(userinfo, { method: "POST", headers: posted, body })).status).toBe(400);
  });
  test("N-25, N-59 tokens for sources, of parties, and ID tokens open nothing here; this one opens nothing else", async () => {
    const whole = await answered(redeem(await code(), { resource: "https://clinic.test" }));
    for (const token of [whole["access_token"], whole["id_token"], await net.root.token("operate")])
      expect(await refusal(app.call("GET", "/userinfo", String(token)))).toBe("401 invalid_token");
    const { access_token } = await signedIn();
    expect(await refusal(app.call("GET", "/operator/clients", String(access_token)))).toBe("401 invalid_token");
    for (const source of [net.provincial, net.lakeside])
      expect(await answered(source.post("/introspect", { token: String(access_token) }))).toEqual({ active: false });
  });
  test("N-30, N-76 withdrawn in the Wallet, revoked by the Client, its Client suspended, or over: invalid_token", async () => {
    const tab = browser();
    const location = await tab.authorize(await pushed({ scope }), app.clientId);
    const { id } = (await answered(net.june.call("POST", `/wallet/asks/${askIn(location)}`))) as { id: string };
    const { continueAt } = await answered(net.june.approve(await net.june.screen(id)));
    const here = new URL(await tab.open(String(continueAt)));
    const withdrawn = await answered(redeem(here.searchParams.get("code") ?? ""));
    expect((await tell(withdrawn)).status).toBe(200);
    expect(await net.june.withdraw(id)).toMatchObject({ state: "ended", signIn: true });
    expect(await refusal(tell(withdrawn))).toBe("401 invalid_token");

    const revoked = await signedIn();
    expect((await app.post("/revoke", { token: String(revoked["access_token"]) })).status).toBe(200);
    expect(await refusal(tell(revoked))).toBe("401 invalid_token");

    const kept = await signedIn();
    const operate = async (verb: string) =>
      answered(net.root.call("POST", `/operator/clients/${app.clientId}/${verb}`, await net.root.token("operate")));
    await operate("suspend");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 4_900 });
    expect(await refusal(tell(kept))).toBe("401 invalid_token");
    await operate("resume");
    vi.setSystemTime(Date.now() + 4_900);
    expect((await tell(kept)).status).toBe(200);
    vi.setSystemTime(Date.now() + 301_000);
    expect(await refusal(tell(kept))).toBe("401 invalid_token");
  });
  test("OIDC Discovery §3 the metadata names it", async () => {
    expect(await answered(exchange.fetch(`${issuer}/.well-known/openid-configuration`))).toMatchObject({
      userinfo_endpoint: userinfo,
    });
  });
});

describe("RFC 8707 §2.2 openid beside data", () => {
  test("the token for a source stays there; resource=/userinfo brings one for it, at redemption and at refresh", async () => {
    const whole = await answered(redeem(await code({ scope: good.scope })));
    const refresh = (more: Record<string, string>) =>
      app.post("/token", { grant_type: "refresh_token", refresh_token: String(whole["refresh_token"]), ...more });
    const tokens = await answered(refresh({ resource: userinfo }));
    expect(decodeJwt(String(tokens["access_token"]))).toMatchObject({ aud: userinfo, scope: "openid" });
    expect(await answered(tell(tokens))).toEqual({ sub: subIn(whole) });
    const first = await answered(redeem(await code({ scope: good.scope }), { resource: userinfo }));
    expect(await answered(tell(first))).toEqual({ sub: subIn(first) });
  });
  test("RFC 6749 §6 a scope narrowed to openid leaves the sign-in", async () => {
    const whole = await answered(redeem(await code({ scope: good.scope })));
    const narrow = { grant_type: "refresh_token", refresh_token: String(whole["refresh_token"]), scope };
    const tokens = await answered(app.post("/token", narrow));
    expect(tokens).toMatchObject({ scope: "openid" });
    expect(tokens).not.toHaveProperty("authorization_details");
    expect(await answered(tell(tokens))).toEqual({ sub: subIn(whole) });
  });
  test("N-33 without openid it is no resource of the grant", async () => {
    const value = await code({ scope: "immunization-history.read" });
    expect(await refusal(redeem(value, { resource: userinfo }))).toBe("400 invalid_target");
  });
});
