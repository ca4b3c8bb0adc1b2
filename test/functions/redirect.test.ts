import * as client from "openid-client";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, keyPair, type Party, refusal, thumbprint } from "../support/parties.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
let other: Party;
const redirect_uri = "https://app.test/back?tenant=1";
const plain_uri = "https://app.test/plain";
const metadata = { redirect_uris: [redirect_uri, plain_uri], grant_types: ["authorization_code", "refresh_token"] };
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  [app, other] = await Promise.all([net.client("Redirecting", metadata), net.client("Other", metadata)]);
});
afterAll(() => exchange.close());
afterEach(() => {
  vi.useRealTimers();
});
const later = (seconds: number) => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  vi.setSystemTime(Date.now() + seconds * 1000);
};

const verifier = client.randomPKCECodeVerifier();
const code_challenge = await client.calculatePKCECodeChallenge(verifier);
const good = {
  response_type: "code",
  redirect_uri,
  code_challenge,
  code_challenge_method: "S256",
  state: "s 1",
  scope: "openid immunization-history.read",
};
const push = (more: Record<string, string | undefined> = {}, party = app) => party.post("/par", { ...good, ...more });
const pushed = async (more: Record<string, string | undefined> = {}) =>
  String((await answered(push(more)))["request_uri"]);

/** A browser: it follows nothing by itself and keeps the flow's cookie. */
class Browser {
  cookie = "";

  async open(url: string): Promise<string> {
    const response = await exchange.fetch(url, {
      headers: this.cookie === "" ? {} : { cookie: this.cookie },
      redirect: "manual",
    });
    expect(response.status).toBe(303);
    this.cookie = response.headers.get("set-cookie")?.split(";")[0] ?? this.cookie;
    return response.headers.get("location") ?? "";
  }

  authorize(request_uri: string, client_id = app.clientId): Promise<string> {
    return this.open(`${issuer}/authorize?${new URLSearchParams({ client_id, request_uri })}`);
  }
}

const stopped = `${walletOrigin}/#/stopped/flow`;
const askIn = (location: string) => location.slice(`${walletOrigin}/#/asks/`.length);

/** June's Wallet takes the flow and answers; where her browser goes then. */
async function answer(location: string, approve = true, june = net.june): Promise<string> {
  const { id } = (await answered(june.call("POST", `/wallet/asks/${askIn(location)}`))) as { id: string };
  const screen = await june.screen(id);
  const response = approve ? await june.approve(screen) : await june.decline(screen);
  return String((await answered(response))["continueAt"]);
}

/** The whole way: a code in the Client's redirect. */
async function code(more: Record<string, string> = {}): Promise<string> {
  const browser = new Browser();
  const back = new URL(await browser.open(await answer(await browser.authorize(await pushed(more)))));
  return back.searchParams.get("code") ?? "";
}
const redeem = (value: string, more: Record<string, string | undefined> = {}, party = app, options = {}) =>
  party.post(
    "/token",
    { grant_type: "authorization_code", code: value, redirect_uri, code_verifier: verifier, ...more },
    options,
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
        code_challenge,
        code_challenge_method: "S256",
        nonce,
        state,
      },
      { DPoP },
    );
    expect([...url.searchParams.keys()].sort()).toEqual(["client_id", "request_uri"]);
    const browser = new Browser();
    const back = await browser.open(await answer(await browser.open(url.href)));
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
    const browser = new Browser();
    const location = await browser.authorize(await pushed());
    const back = new URL(await browser.open(await answer(location, false)));
    expect(back.href.startsWith("https://app.test/back?tenant=1&")).toBe(true);
    expect(Object.fromEntries(back.searchParams)).toEqual({
      tenant: "1",
      error: "access_denied",
      state: "s 1",
      iss: issuer,
    });
  });
  test("OIDF ensure-authorization-request-without-state-success", async () => {
    const browser = new Browser();
    const back = new URL(await browser.open(await answer(await browser.authorize(await pushed({ state: undefined })))));
    expect([...back.searchParams.keys()].sort()).toEqual(["code", "iss", "tenant"]);
  });
});

describe("RFC 6749 §3.1 the authorization endpoint", () => {
  test("N-15, N-16, N-17 a plain request, a foreign request_uri or another client's id is a page of ours, never a redirect to a Client", async () => {
    const browser = new Browser();
    expect(await browser.open(`${issuer}/authorize?${new URLSearchParams({ ...good, client_id: app.clientId })}`)).toBe(
      stopped,
    );
    expect(await browser.authorize("https://evil.test/request")).toBe(stopped);
    expect(await browser.authorize(await pushed(), other.clientId)).toBe(stopped);
    expect(await browser.open(`${issuer}/authorize?request_uri=a&request_uri=b`)).toBe(stopped);
    expect(browser.cookie).toBe("");
  });
  test("N-18 opened again before the answer works, after it or late does not", async () => {
    const request_uri = await pushed();
    const browser = new Browser();
    await browser.authorize(request_uri);
    const location = await browser.authorize(request_uri);
    await browser.open(await answer(location));
    expect(await browser.authorize(request_uri)).toBe(stopped);
    const late = await pushed();
    later(90);
    expect(await browser.authorize(late)).toBe(stopped);
  });
  test("N-70 the code is delivered only in the browser the flow began in, and only after this flow's answer", async () => {
    const attacker = new Browser();
    const victim = new Browser();
    const continueAt = await answer(await attacker.authorize(await pushed()));
    // The victim approved what an attacker's link asked: her browser has no cookie of that flow, his never gets the completion.
    expect(await victim.open(continueAt)).toBe(stopped);
    expect(await attacker.open(`${issuer}/authorize/resume`)).toBe(stopped);
    const own = new Browser();
    const ownContinue = await answer(await own.authorize(await pushed()));
    expect(await attacker.open(ownContinue)).toBe(stopped);
    expect(await own.open(ownContinue)).toContain("code=");
    expect(await own.open(ownContinue)).toBe(stopped);
  });
  test("two flows in one browser do not disturb each other", async () => {
    const [first, second] = [new Browser(), new Browser()];
    const locations = [await first.authorize(await pushed()), await second.authorize(await pushed())] as const;
    first.cookie = `${first.cookie}; ${second.cookie}`;
    for (const location of locations) expect(await first.open(await answer(location))).toContain("code=");
  });
  test("the first person who takes a flow is asked; for another it is gone, and a handle of another kind is none", async () => {
    const bob = new June(exchange, walletOrigin);
    await bob.createAccount("Bob");
    const location = await new Browser().authorize(await pushed());
    const take = (who: June, ask = askIn(location)) => who.call("POST", `/wallet/asks/${ask}`);
    expect((await take(net.june)).status).toBe(200);
    expect((await take(net.june)).status).toBe(200);
    expect((await take(bob)).status).toBe(410);
    expect((await take(bob, "ask_r1none")).status).toBe(404);
    expect((await take(bob, askIn(location).replace("ask_", "done_"))).status).toBe(404);
  });
});

describe("RFC 6749 §4.1.3 the code", () => {
  test("N-21 needs its verifier and its redirect_uri, and costs nothing until both fit", async () => {
    const value = await code();
    expect(await refusal(redeem(value, { code_verifier: undefined }))).toBe("400 invalid_request");
    expect(await refusal(redeem(value, { code_verifier: client.randomPKCECodeVerifier() }))).toBe("400 invalid_grant");
    expect(await refusal(redeem(value, { redirect_uri: "https://app.test/other" }))).toBe("400 invalid_grant");
    expect(await refusal(redeem(value, { redirect_uri: undefined }))).toBe("400 invalid_grant");
    expect((await redeem(value)).status).toBe(200);
  });
  test("N-24, N-25 is this Client's and a code only", async () => {
    const value = await code();
    expect(await refusal(redeem(value, {}, other))).toBe("400 invalid_grant");
    expect(await refusal(app.post("/token", { grant_type: "refresh_token", refresh_token: value }))).toBe(
      "400 invalid_grant",
    );
    expect(await refusal(redeem((await pushed()).split(":").at(-1) ?? ""))).toBe("400 invalid_grant");
  });
  test("N-26 is late at 60 s, whatever the table still holds", async () => {
    const value = await code();
    later(60);
    expect(await refusal(redeem(value))).toBe("400 invalid_grant");
  });
  test("N-27 RFC 9449 §10 is bound to the key of PAR's proof", async () => {
    const value = await code();
    expect(await refusal(redeem(value, {}, app, { keys: await keyPair() }))).toBe("400 invalid_grant");
    expect((await redeem(value)).status).toBe(200);
  });
  test("RFC 9449 §10 (+) dpop_jkt alone binds too", async () => {
    const keys = await keyPair();
    const response = await app.post("/par", { ...good, dpop_jkt: await thumbprint(keys) }, { keys });
    expect(response.status).toBe(201);
  });
  test("N-22 of 20 at once one succeeds; N-23 presented again later, what it led to dies", async () => {
    const value = await code();
    const responses = await Promise.all(Array.from({ length: 20 }, () => redeem(value)));
    const won = responses.filter(({ ok }) => ok);
    expect(won).toHaveLength(1);
    const [tokens] = (await Promise.all(won.map((response) => response.json()))) as { refresh_token: string }[];
    const refresh = () =>
      app.post("/token", { grant_type: "refresh_token", refresh_token: tokens?.refresh_token ?? "" });
    expect((await refresh()).status).toBe(200);
    later(2);
    expect(await refusal(redeem(value))).toBe("400 invalid_grant");
    expect(await refusal(refresh())).toBe("400 invalid_grant");
  });
});

describe("A Client suspended in the middle", () => {
  test("N-30, N-31 no step of the redirect goes on within 5 s; resumed, each does", async () => {
    const [arriving, asking, coming] = [new Browser(), new Browser(), new Browser()];
    const request_uri = await pushed();
    const ask = await asking.authorize(await pushed());
    const continueAt = await answer(await coming.authorize(await pushed()));
    const ready = await code();
    const operate = async (verb: string) => {
      const token = await net.root.token("operate");
      await answered(net.root.call("POST", `/operator/clients/${app.clientId}/${verb}`, token));
      later(4.9);
    };
    await operate("suspend");
    expect(await refusal(push())).toBe("401 invalid_client");
    expect(await arriving.authorize(request_uri)).toBe(stopped);
    expect(await refusal(net.june.call("POST", `/wallet/asks/${askIn(ask)}`))).toBe("410 gone");
    expect(await refusal(redeem(ready))).toBe("401 invalid_client");
    await operate("resume");
    expect(await arriving.authorize(request_uri)).not.toBe(stopped);
    expect((await net.june.call("POST", `/wallet/asks/${askIn(ask)}`)).status).toBe(200);
    expect((await redeem(ready)).status).toBe(200);
    expect(new URL(await coming.open(continueAt)).searchParams.get("code")).not.toBeNull();
  });
});

test("Grant Management §5.2, §5.5 the action is asked at /par, and the code's tokens carry the grant_id", async () => {
  expect(await answered(redeem(await code({ grant_management_action: "create" })))).toHaveProperty("grant_id");
  expect(await answered(redeem(await code()))).not.toHaveProperty("grant_id");
  expect(await refusal(push({ grant_management_action: "merge", grant_id: "grant_r1x" }))).toBe("400 invalid_request");
});
