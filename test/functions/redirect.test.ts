import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runningClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";
import { askIn, good, plain_uri, redirectDoor, redirecting, stopped, verifier } from "../support/redirect.ts";

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
const later = runningClock();
const { push, pushed, browser, arrive, answer, code, redeem } = redirectDoor(
  () => exchange,
  () => net,
  () => app,
);

describe("The redirect door", () => {
  test("openid-client as it is: PAR, PKCE, DPoP, iss, nonce; no push", async () => {
    const options = { [client.customFetch]: exchange.fetch } as never;
    const config = await client.discovery(
      new URL(issuer),
      app.clientId,
      {},
      client.PrivateKeyJwt(app.keys.privateKey),
      options,
    );
    const DPoP = client.getDPoPHandle(config, app.dpopKeys as CryptoKeyPair);
    const nonce = client.randomNonce();
    const state = client.randomState();
    const url = await client.buildAuthorizationUrlWithPAR(
      config,
      {
        redirect_uri: plain_uri,
        scope: "openid immunization-history.read",
        code_challenge: good.code_challenge,
        code_challenge_method: "S256",
        nonce,
        state,
      },
      { DPoP },
    );
    expect([...url.searchParams.keys()].sort()).toEqual(["client_id", "request_uri"]);
    const tab = browser();
    const back = await tab.open(await answer(await tab.open(url.href)));
    const tokens = await client.authorizationCodeGrant(
      config,
      new URL(back),
      { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state },
      undefined,
      { DPoP },
    );
    expect(tokens.claims()).toMatchObject({ iss: issuer, nonce });
    expect(tokens.authorization_details).toMatchObject([{ type: immunizations }, { type: immunizations }]);
    await client.refreshTokenGrant(config, tokens.refresh_token ?? "", { resource: "https://clinic.test" }, { DPoP });
    await exchange.settled();
    expect(exchange.pushes).toEqual([]);
  });
  test("RFC 6749 §4.1.2.1, RFC 9207 §2 a decline goes back as access_denied with state and iss", async () => {
    const tab = browser();
    const location = await arrive(tab);
    const back = new URL(await tab.open(await answer(location, false)));
    expect(back.href.startsWith("https://app.test/back?tenant=1&")).toBe(true);
    expect(Object.fromEntries(back.searchParams)).toEqual({
      tenant: "1",
      error: "access_denied",
      state: "s 1",
      iss: issuer,
    });
  });
  test("OIDF ensure-authorization-request-without-state-success", async () => {
    const tab = browser();
    const back = new URL(await tab.open(await answer(await arrive(tab, { state: undefined }))));
    expect([...back.searchParams.keys()].sort()).toEqual(["code", "iss", "tenant"]);
  });
});

describe("RFC 6749 §3.1 the authorization endpoint", () => {
  test("N-15, N-16, N-17 a plain request, a foreign request_uri or another client's id is a page of ours, never a redirect to a Client", async () => {
    const tab = browser();
    expect(await tab.open(`${issuer}/authorize?${new URLSearchParams({ ...good, client_id: app.clientId })}`)).toBe(
      stopped("flow"),
    );
    expect(await tab.authorize("https://evil.test/request", app.clientId)).toBe(stopped("flow"));
    expect(await tab.authorize(await pushed(), other.clientId)).toBe(stopped("flow"));
    expect(await tab.open(`${issuer}/authorize?request_uri=a&request_uri=b`)).toBe(stopped("flow"));
    expect(tab.cookie).toBe("");
  });
  test("N-18, UX-18 opened again before the answer works, after it or late does not", async () => {
    const request_uri = await pushed();
    const tab = browser();
    await tab.authorize(request_uri, app.clientId);
    const location = await tab.authorize(request_uri, app.clientId);
    await tab.open(await answer(location));
    expect(await tab.authorize(request_uri, app.clientId)).toBe(stopped("used"));
    const late = await pushed();
    later(90);
    expect(await tab.authorize(late, app.clientId)).toBe(stopped("late"));
  });
  test("N-70, UX-18 the code is delivered only in the browser the flow began in, and only after this flow's answer", async () => {
    const attacker = browser();
    const victim = browser();
    const continueAt = await answer(await arrive(attacker));
    // The victim approved what an attacker's link asked: her browser has no cookie of that flow, his never gets the completion.
    expect(await victim.open(continueAt)).toBe(stopped("browser"));
    expect(await attacker.open(`${issuer}/authorize/resume`)).toBe(stopped("browser"));
    const own = browser();
    const ownContinue = await answer(await arrive(own));
    expect(await attacker.open(ownContinue)).toBe(stopped("browser"));
    expect(await own.open(ownContinue)).toContain("code=");
    expect(await own.open(ownContinue)).toBe(stopped("used"));
  });
  test("two flows in one browser do not disturb each other", async () => {
    const [first, second] = [browser(), browser()];
    const locations = [await arrive(first), await arrive(second)] as const;
    first.cookie = `${first.cookie}; ${second.cookie}`;
    for (const location of locations) expect(await first.open(await answer(location))).toContain("code=");
  });
  test("the first person who takes a flow is asked; for another it is gone, and a handle of another kind is none", async () => {
    const bob = new June(exchange, walletOrigin);
    await bob.createAccount("Bob");
    const location = await arrive(browser());
    const take = (who: June, ask = askIn(location)) => who.call("POST", `/wallet/asks/${ask}`);
    expect((await take(net.june)).status).toBe(200);
    expect((await take(net.june)).status).toBe(200);
    expect((await take(bob)).status).toBe(410);
    expect((await take(bob, "ask_r1none")).status).toBe(404);
    expect((await take(bob, askIn(location).replace("ask_", "done_"))).status).toBe(404);
  });
});

describe("A Client suspended in the middle", () => {
  test("N-30, N-31, UX-18 no step of the redirect goes on within 5 s; resumed, each does", async () => {
    const [arriving, asking, coming] = [browser(), browser(), browser()];
    const request_uri = await pushed();
    const ask = await arrive(asking);
    const continueAt = await answer(await arrive(coming));
    const ready = await code();
    const operate = async (verb: string) => {
      const token = await net.root.token("operate");
      await answered(net.root.call("POST", `/operator/clients/${app.clientId}/${verb}`, token));
      later(4.9);
    };
    await operate("suspend");
    expect(await refusal(push())).toBe("401 invalid_client");
    expect(await arriving.authorize(request_uri, app.clientId)).toBe(stopped("app"));
    expect(await coming.open(continueAt)).toBe(stopped("app"));
    expect(await refusal(net.june.call("POST", `/wallet/asks/${askIn(ask)}`))).toBe("410 gone");
    expect(await refusal(redeem(ready))).toBe("401 invalid_client");
    await operate("resume");
    expect(await arriving.authorize(request_uri, app.clientId)).toContain("/#/asks/");
    expect((await net.june.call("POST", `/wallet/asks/${askIn(ask)}`)).status).toBe(200);
    expect((await redeem(ready)).status).toBe(200);
    expect(new URL(await coming.open(continueAt)).searchParams.get("code")).not.toBeNull();
  });
});
