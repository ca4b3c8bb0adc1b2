import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { navigatorOrigin, type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, link, network } from "../support/network.ts";
import { answered } from "../support/parties.ts";
import { SoftwarePasskey } from "../support/passkey.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let bob: June;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  bob = new June(exchange, walletOrigin);
  await bob.createAccount("Bob");
});
afterAll(() => exchange.close());
afterEach(() => {
  vi.useRealTimers();
});

const detail = { type: immunizations, actions: ["read"], optional_actions: ["subscribe"] };
async function waiting() {
  const request = {
    scope: "openid",
    login_hint: await net.june.code("app"),
    binding_message: "A",
    authorization_details: JSON.stringify([detail]),
  };
  await answered(net.app.post("/bc-authorize", request));
  return net.june.waiting();
}

describe("The request screen", () => {
  test("UX-01, 03, 04, 05, 07 who, what, why, how long and from where, from registered data", async () => {
    await bob.signIn();
    const screen = await waiting();
    expect(screen.notice).toMatchObject({
      client: { name: "My Immunizations" },
      asked: [
        {
          title: "Your immunization history",
          sensitivity: "health",
          purpose: "To show which boosters are due.",
          actions: [
            { action: "read", required: true },
            { action: "subscribe", required: false },
          ],
        },
      ],
      durations: [{ duration: "P1D" }, { duration: "P30D" }, { duration: "P90D" }],
      proposed: 2,
    });
    expect(screen.notice.asked[0]?.sources.map(({ name, usable }) => ({ name, usable }))).toEqual(
      expect.arrayContaining([
        { name: "Provincial Immunization Registry", usable: true },
        { name: "Lakeside Family Clinic", usable: true },
      ]),
    );
    await net.june.decline(screen);
  });
  test("a source that lacks a required action, or was not asked, is shown with the reason", async () => {
    const request = {
      scope: "openid",
      login_hint: await net.june.code("app"),
      binding_message: "A",
      authorization_details: JSON.stringify([{ ...detail, locations: ["https://clinic.test"] }]),
    };
    await answered(net.app.post("/bc-authorize", request));
    const screen = await net.june.waiting();
    const provincial = screen.notice.asked[0]?.sources.find(({ name }) => name.startsWith("Provincial"));
    expect(provincial).toMatchObject({ usable: false, reason: "not_asked" });
    const response = await net.june.approve(screen, { sources: [[provincial?.id ?? ""]] });
    expect(response.status).toBe(422);
    await net.june.decline(screen);
  });
  test("design §3 an approved kind without a source gives a token to nobody: it is not what was asked", async () => {
    const screen = await waiting();
    expect((await net.june.approve(screen, { sources: [[]] })).status).toBe(422);
    await net.june.decline(screen);
  });
});

describe("N-71 answering", () => {
  test("another person's request does not exist", async () => {
    const screen = await waiting();
    expect((await bob.call("GET", `/wallet/requests/${screen.id}`)).status).toBe(404);
    expect((await bob.approve(screen)).status).toBe(404);
    expect((await bob.decline(screen)).status).toBe(404);
    expect((await bob.call("POST", `/wallet/consents/${screen.id}/withdraw`)).status).toBe(404);
    expect((await bob.call("GET", `/wallet/consents/${screen.id}`)).status).toBe(404);
    await net.june.decline(screen);
  });
  test("nothing that was not asked, nothing longer, no required action less", async () => {
    const screen = await waiting();
    for (const choice of [
      { actions: [["read", "delete"]] },
      { actions: [["subscribe"]] },
      { actions: [["read", "read"]] },
      { actions: [] },
      { endsAt: (screen.notice.durations[2]?.endsAt ?? 0) + 1 },
      { sources: [["A".repeat(43)]] },
      { sources: [] },
    ])
      expect((await net.june.approve(screen, choice)).status).toBe(422);
    await net.june.decline(screen);
  });
  test("N-57 a source of another person beside one's own refuses the whole answer, and nothing is written", async () => {
    await link(net.lakeside, await bob.code("source"));
    const { sources } = (await answered(bob.call("GET", "/wallet/sources"))) as { sources: { id: string }[] };
    const screen = await waiting();
    const own = screen.notice.asked[0]?.sources.map(({ id }) => id) ?? [];
    expect((await net.june.approve(screen, { sources: [[...own, sources[0]?.id ?? ""]] })).status).toBe(422);
    expect((await net.june.screen(screen.id)).revision).toBe(screen.revision);
    await net.june.decline(screen);
  });
  test("a stale screen: another notice, revision or nonce is 409, and a nonce ends after 5 minutes", async () => {
    const screen = await waiting();
    const other = await net.june.screen(screen.id);
    for (const choice of [{ notice: "A".repeat(43) }, { revision: screen.revision + 1 }, { nonce: "screen_r1none" }])
      expect((await net.june.approve(screen, choice)).status).toBe(409);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 300_000 });
    expect((await net.june.approve(other)).status).toBe(409);
    expect((await net.june.approve(await net.june.screen(screen.id))).status).toBe(200);
    expect((await net.june.approve(other)).status).toBe(410);
  });
  test("the chosen optional action and the shorter end are what is granted", async () => {
    const screen = await waiting();
    const endsAt = screen.notice.durations[0]?.endsAt ?? 0;
    const view = await answered(net.june.approve(screen, { actions: [["read", "subscribe"]], endsAt }));
    expect(view).toMatchObject({
      state: "active",
      endsAt,
      kinds: [{ actions: ["Vaccines you received", "New vaccines as they are recorded"] }],
    });
  });
});

describe("N-73 the passkey", () => {
  test("wrong origin, other challenge, no user verification, another person's, a sign count gone back: refused, and the request stays", async () => {
    const screen = await waiting();
    const post = (body: unknown) => net.june.call("POST", `/wallet/requests/${screen.id}/approve`, body);
    const good = await net.june.approval(screen);
    expect((await post({ ...good, endsAt: screen.notice.durations[0]?.endsAt })).status).toBe(401);
    expect((await post({ ...good, actions: [["read", "subscribe"]] })).status).toBe(401);
    expect((await post(await net.june.approval(screen, {}, net.june.passkey, 0x01))).status).toBe(401);
    expect((await post(await net.june.approval(screen, {}, bob.passkey))).status).toBe(401);
    expect((await post(await net.june.approval(screen, {}, new SoftwarePasskey(walletOrigin)))).status).toBe(401);
    expect((await net.june.requests()).map(({ id }) => id)).toContain(screen.id);
    await net.june.decline(screen);
  });
  test("a sign-in challenge is used once, within 5 minutes, and by its own kind of ceremony", async () => {
    const options = async () =>
      (await answered(bob.call("POST", "/wallet/session/options"))) as {
        options: { challenge: string };
        challenge: string;
      };
    const used = await options();
    const body = () => ({ challenge: used.challenge, response: bob.passkey.sign(used.options.challenge) });
    expect((await bob.call("POST", "/wallet/session", body())).status).toBe(200);
    expect((await bob.call("POST", "/wallet/session", body())).status).toBe(401);
    const late = await options();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 300_000 });
    expect(
      (
        await bob.call("POST", "/wallet/session", {
          challenge: late.challenge,
          response: bob.passkey.sign(late.options.challenge),
        })
      ).status,
    ).toBe(401);
    const back = await options();
    const rolledBack = bob.passkey.sign(back.options.challenge, { counter: 1 });
    expect(
      (await bob.call("POST", "/wallet/session", { challenge: back.challenge, response: rolledBack })).status,
    ).toBe(401);
    const elsewhere = await options();
    const phished = new SoftwarePasskey("https://wallet.test.evil.example").sign(elsewhere.options.challenge);
    expect(
      (await bob.call("POST", "/wallet/session", { challenge: elsewhere.challenge, response: phished })).status,
    ).toBe(401);
  });
});

describe("N-74 origins", () => {
  test("whatever changes something comes from the Wallet's own origin", async () => {
    for (const origin of [
      "https://evil.test",
      "null",
      walletOrigin.toUpperCase(),
      `${walletOrigin}.evil.test`,
      navigatorOrigin,
    ])
      expect((await net.june.call("POST", "/wallet/codes", { for: "app" }, { origin })).status).toBe(403);
    const withoutOrigin = await exchange.fetch(`${walletOrigin}/wallet/codes`, {
      method: "POST",
      body: '{"for":"app"}',
      headers: { "content-type": "application/json" },
    });
    expect(withoutOrigin.status).toBe(403);
  });
  test("Navigator's origin is answered without credentials, others not at all", async () => {
    const preflight = (origin: string) =>
      exchange.fetch(`${walletOrigin}/wallet/codes`, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST" },
      });
    const allowed = await preflight(navigatorOrigin);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-origin")).toBe(navigatorOrigin);
    expect(allowed.headers.get("access-control-allow-credentials")).toBeNull();
    const refused = await preflight("https://evil.test");
    expect(refused.status).toBe(403);
    expect(refused.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("Wallet names", () => {
  test("one belongs to one person; a name of the shape of a code is none", async () => {
    await bob.signIn();
    expect(await answered(bob.call("PUT", "/wallet/me/wallet-name", { walletName: "Bob.Builder" }))).toMatchObject({
      walletName: "bob.builder",
    });
    expect((await net.june.call("PUT", "/wallet/me/wallet-name", { walletName: "bob.builder" })).status).toBe(422);
    expect((await bob.call("PUT", "/wallet/me/wallet-name", { walletName: "kate1234" })).status).toBe(422);
    expect((await bob.call("PUT", "/wallet/me/wallet-name", { walletName: "a b" })).status).toBe(400);
    expect(await answered(bob.call("PUT", "/wallet/me/wallet-name", { walletName: null }))).not.toHaveProperty(
      "walletName",
    );
    expect((await net.june.call("PUT", "/wallet/me/wallet-name", { walletName: "bob.builder" })).status).toBe(200);
  });
});
