import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changing, clinic, fromRegistry, registrySource } from "../support/changes.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { answered, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";
import { askIn } from "../support/redirect.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof changing>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await changing(exchange);
});
afterAll(() => exchange.close());
const later = stillClock();
const scopes = async (grantId: string) =>
  ((await net.query(grantId))["scopes"] as { scope: string; resource?: string[] }[])
    .filter(({ resource }) => resource !== undefined)
    .map(({ scope, resource }) => `${resource}: ${scope}`);
const tidy = async () => {
  await exchange.settled();
  for (const { id } of await net.june.requests()) await net.june.decline(await net.june.screen(id));
};

describe("Grant Management §5.2 a change", () => {
  test("Grant Management §5.2 is a proposal: nothing changes until the person approves it", async () => {
    const grant = await net.granted();
    const before = await net.query(grant.grant_id);
    const { auth_req_id, screen } = await net.asked(grant.grant_id, "merge", { scope: "openid document.view" });
    expect(screen.id).toBe(grant.consentId);
    expect(screen.notice).toMatchObject({
      asked: [{ title: "A document" }],
      change: { action: "merge", others: [{ title: "Your immunization history" }] },
    });
    expect(await net.query(grant.grant_id)).toEqual(before);
    expect(await net.introspect(grant.access_token)).toMatchObject({ active: true });
    expect(await refusal(net.redeem(auth_req_id))).toBe("400 authorization_pending");
    expect(await net.consent(grant.consentId)).toMatchObject({ state: "active" });
    await tidy();
  });

  test("Grant Management §5.2 merge gives the union, from then on to earlier refresh tokens, too; the grant_id stays (§5.5)", async () => {
    const grant = await net.granted();
    const { auth_req_id, screen } = await net.asked(grant.grant_id, "merge", { scope: "openid document.view" });
    expect(exchange.failures).toEqual([]);
    await answered(net.june.approve(screen));
    expect(await net.introspect(grant.access_token)).toEqual({ active: false });
    const tokens = await answered(net.redeem(auth_req_id));
    expect(tokens).toMatchObject({ grant_id: grant.grant_id, scope: "openid immunization-history.read document.view" });
    expect(await scopes(grant.grant_id)).toEqual([`${registrySource}: immunization-history.read document.view`]);
    for (const token of [grant.refresh_token, String(tokens["refresh_token"])])
      expect(await answered(net.refresh(token))).toMatchObject({ scope: tokens["scope"] });
    expect(await net.introspect(String(tokens["access_token"]))).toMatchObject({
      active: true,
      scope: "immunization-history.read document.view",
    });
    expect(await net.consent(grant.consentId)).toMatchObject({
      state: "active",
      kinds: [{ title: "Your immunization history" }, { title: "A document" }],
    });
  });

  test("Grant Management §5.2 replace leaves ONLY what was asked and consented now (N-32)", async () => {
    const grant = await net.granted();
    const { auth_req_id, screen } = await net.asked(grant.grant_id, "replace", { scope: "openid document.view" });
    expect(screen.notice.change).toMatchObject({ action: "replace", others: [{ title: "Your immunization history" }] });
    await answered(net.june.approve(screen));
    expect(await answered(net.redeem(auth_req_id))).toMatchObject({
      grant_id: grant.grant_id,
      scope: "openid document.view",
    });
    expect(await scopes(grant.grant_id)).toEqual([`${registrySource}: document.view`]);
    expect(await refusal(net.refresh(grant.refresh_token, { scope: "immunization-history.read" }))).toBe(
      "400 invalid_scope",
    );
    expect(await refusal(net.refresh(grant.refresh_token, { resource: clinic }))).toBe("400 invalid_target");
  });

  test("Grant Management §5.2 a change can be changed again, and the first grant_id still names it", async () => {
    const grant = await net.granted();
    for (const [action, scope] of [
      ["merge", "openid immunization-history.subscribe"],
      ["replace", "openid document.view"],
      ["merge", "openid document.print"],
    ] as const) {
      const { auth_req_id, screen } = await net.asked(grant.grant_id, action, { scope });
      await answered(net.june.approve(screen, { sources: fromRegistry(screen) }));
      expect(await answered(net.redeem(auth_req_id))).toMatchObject({ grant_id: grant.grant_id });
    }
    expect(await scopes(grant.grant_id)).toEqual([`${registrySource}: document.view document.print`]);
  });

  test("Grant Management §5.2 merge adds a source and keeps the others; the source goes on knowing the consent by its handle", async () => {
    const grant = await net.granted();
    const handle = (await net.introspect(grant.access_token))["consent"];
    const { auth_req_id, screen } = await net.asked(grant.grant_id, "merge");
    const clinicOnly = screen.notice.asked.map(({ sources }) =>
      sources.filter(({ name }) => /Clinic/.test(name)).map(({ id }) => id),
    );
    await answered(net.june.approve(screen, { sources: clinicOnly }));
    const { access_token } = await answered(net.redeem(auth_req_id));
    expect(await scopes(grant.grant_id)).toEqual([
      `${registrySource}: immunization-history.read`,
      `${clinic}: immunization-history.read`,
    ]);
    expect(await net.introspect(String(access_token))).toMatchObject({ active: true, consent: handle });
  });

  test("UX-05 a change may last longer only if the person says so, and never longer than what it does not name", async () => {
    const grant = await net.granted();
    const endsAt = Number((await net.consent(grant.consentId))["endsAt"]);
    later(86_400);
    await net.june.signIn();
    const longer = await net.asked(grant.grant_id, "merge");
    const day = 86_400;
    expect(longer.screen.notice.durations.map((end) => end.endsAt - endsAt)).toEqual([0, day]);
    expect(await refusal(net.june.approve(longer.screen, { endsAt: endsAt + day + 1 }))).toBe("422 unprocessable");
    await answered(net.june.approve(longer.screen, { endsAt }));
    expect(await net.consent(grant.consentId)).toMatchObject({ endsAt });
    const other = await net.asked(grant.grant_id, "merge", { scope: "openid document.view" });
    // A document is for 30 days: one consent ends with its shortest detail, and the screen says so.
    expect(other.screen.notice.durations.at(-1)?.endsAt).toBeLessThan(endsAt);
    await tidy();
    const short = await net.granted({ scope: "openid document.view" });
    const into = await net.asked(short.grant_id, "merge");
    const thirtyDays = Number((await net.consent(short.consentId))["endsAt"]);
    expect(into.screen.notice.durations).toEqual([{ endsAt: thirtyDays }]);
    await tidy();
  });
});

describe("Grant Management §5.4 what cannot be changed", () => {
  test("unknown, another handle, another Client's, withdrawn, over: invalid_grant_id at both doors, and nothing is asked", async () => {
    const grant = await net.granted();
    const siblings = await net.granted({}, net.sibling);
    const withdrawn = await net.granted();
    await net.june.withdraw(withdrawn.consentId);
    const pushes = exchange.pushes.length;
    for (const grant_id of [
      "grant_r1none",
      grant.refresh_token,
      grant.consentId,
      grant.refresh_token.replace("rt_", "grant_"),
      `${grant.grant_id.slice(0, -2)}AA`,
      siblings.grant_id,
      withdrawn.grant_id,
    ])
      for (const action of ["merge", "replace"]) {
        const change = { grant_management_action: action, grant_id };
        for (const response of [await net.ask(change), await net.push(change)])
          expect([response.status, await response.json()]).toEqual([
            400,
            {
              error: "invalid_grant_id",
              error_description: "The grant_id is not one of a grant that can be changed.",
            },
          ]);
      }
    await exchange.settled();
    expect(exchange.pushes).toHaveLength(pushes);
    expect(await net.june.requests()).toEqual([]);
  });

  test("N-20 an action that is not offered, a change without its grant_id, a grant_id that changes nothing", async () => {
    const { grant_id } = await net.granted();
    for (const more of [
      { grant_management_action: "update", grant_id },
      { grant_management_action: "query", grant_id },
      { grant_management_action: "merge" },
      { grant_management_action: "replace" },
      { grant_management_action: "create", grant_id },
      { grant_id },
    ] as Record<string, string>[])
      for (const response of [net.ask(more), net.push(more)])
        expect(await refusal(response)).toBe("400 invalid_request");
  });

  test("N-58 a merge asks for no more than one request may, and for what the Client may ask", async () => {
    const { grant_id } = await net.granted();
    const wider = { grant_management_action: "merge", grant_id, scope: "openid other.read" };
    expect(await refusal(net.ask(wider))).toBe("400 invalid_scope");
  });

  test("N-54 a hint that names somebody else than the grant's owner is silence", async () => {
    const grant = await net.granted();
    const bob = new June(exchange, walletOrigin);
    await bob.createAccount("Bob");
    const pushes = exchange.pushes.length;
    const login_hint = await bob.code("app");
    const change = { grant_management_action: "replace", grant_id: grant.grant_id, login_hint };
    const { auth_req_id, ...rest } = await answered(net.ask(change));
    expect(rest).toEqual({ expires_in: 900, interval: 5 });
    await exchange.settled();
    expect([await bob.requests(), await net.june.requests()]).toEqual([[], []]);
    expect(exchange.pushes).toHaveLength(pushes);
    expect(await refusal(net.redeem(auth_req_id))).toBe("400 authorization_pending");
    later(900);
    expect(await refusal(net.redeem(auth_req_id))).toBe("400 expired_token");
    expect((await net.query(grant.grant_id))["authorization_details"]).toHaveLength(1);
  });
});

describe("Grant Management §5.2 through the redirect door", () => {
  test("Grant Management §5.2 the person in this browser approves the change; the code's tokens are the grant's", async () => {
    const grant = await net.granted();
    const change = { grant_management_action: "merge", grant_id: grant.grant_id, scope: "openid document.view" };
    const code = await net.code(change);
    expect(await answered(net.redeemCode(code))).toMatchObject({
      grant_id: grant.grant_id,
      scope: "openid immunization-history.read document.view",
    });
  });

  test("Grant Management §5.2 declined: access_denied, and the consent is as it was", async () => {
    const grant = await net.granted();
    const change = { grant_management_action: "replace", grant_id: grant.grant_id, scope: "openid document.view" };
    const back = await net.back(change, { approve: false });
    expect(back.searchParams.get("error")).toBe("access_denied");
    expect(await net.introspect(grant.access_token)).toMatchObject({ active: true });
    expect(await net.consent(grant.consentId)).toMatchObject({ state: "active" });
  });

  test("N-70, UX-18 another person signed in gets a dead end, and the grant's owner can still answer", async () => {
    const grant = await net.granted();
    const bob = new June(exchange, walletOrigin);
    await bob.createAccount("Bob");
    const browser = net.browser();
    const location = await net.arrive(browser, { grant_management_action: "merge", grant_id: grant.grant_id });
    expect(await refusal(bob.call("POST", `/wallet/asks/${askIn(location)}`))).toBe("410 taken");
    expect(await bob.requests()).toEqual([]);
    const back = new URL(await browser.open(await net.answer(location)));
    expect(back.searchParams.get("code")).not.toBeNull();
  });

  test("Grant Management §5.2 asked anew, the change asked before is over", async () => {
    const grant = await net.granted();
    const change = { grant_management_action: "merge", grant_id: grant.grant_id };
    const first = await net.asked(grant.grant_id, "merge");
    const browser = net.browser();
    const location = await net.arrive(browser, change);
    const back = new URL(await browser.open(await net.answer(location)));
    expect(back.searchParams.get("code")).not.toBeNull();
    expect(await refusal(net.redeem(first.auth_req_id))).toBe("400 expired_token");
    expect(await refusal(net.june.approve(first.screen))).toBe("410 used");
  });
});

describe("What becomes of a change that is not approved", () => {
  test("CIBA Core §11 declined is access_denied, and the consent is as it was", async () => {
    const grant = await net.granted();
    const { auth_req_id, screen } = await net.asked(grant.grant_id, "replace", { scope: "openid document.view" });
    expect((await net.june.decline(screen)).status).toBe(204);
    expect(await refusal(net.redeem(auth_req_id))).toBe("400 access_denied");
    expect(await net.introspect(grant.access_token)).toMatchObject({ active: true });
    expect(await scopes(grant.grant_id)).toEqual([`${registrySource}: immunization-history.read`]);
    expect(await refusal(net.june.approve(screen))).toBe("410 used");
  });

  test("N-53 late: the clock takes the proposal, 410 in the Wallet, expired_token for the Client", async () => {
    const grant = await net.granted();
    const { auth_req_id, screen } = await net.asked(grant.grant_id, "merge", { scope: "openid document.view" });
    later(900);
    expect(await refusal(net.june.approve(screen))).toBe("410 late");
    expect(await net.june.requests()).toEqual([]);
    expect(await refusal(net.redeem(auth_req_id))).toBe("400 expired_token");
    const { handler } = await import("../../functions/due.ts");
    await handler();
    expect(await net.consent(grant.consentId)).toMatchObject({ state: "active" });
    const again = await net.asked(grant.grant_id, "merge", { scope: "openid document.view" });
    await answered(net.june.approve(again.screen));
    expect((await net.redeem(again.auth_req_id)).status).toBe(200);
  });

  test("N-48 withdrawn while it waits: the proposal is gone, the Client gets access_denied", async () => {
    const grant = await net.granted();
    const { auth_req_id, screen } = await net.asked(grant.grant_id, "merge", { scope: "openid document.view" });
    await net.june.withdraw(grant.consentId);
    expect(await refusal(net.june.approve(screen))).toBe("410 used");
    expect(await net.june.requests()).toEqual([]);
    expect(await refusal(net.redeem(auth_req_id))).toBe("400 access_denied");
  });

  test("N-48 withdrawn between approval and redemption: access_denied, nothing issued", async () => {
    const grant = await net.granted();
    const { auth_req_id, screen } = await net.asked(grant.grant_id, "merge", { scope: "openid document.view" });
    await answered(net.june.approve(screen));
    await net.june.withdraw(grant.consentId);
    expect(await refusal(net.redeem(auth_req_id))).toBe("400 access_denied");
    expect(await refusal(net.refresh(grant.refresh_token))).toBe("400 invalid_grant");
  });

  test("UX-10 “I did not start this” is silence, blocks the Client for a day, and the consent is as it was", async () => {
    const grant = await net.granted();
    const { auth_req_id, screen } = await net.asked(grant.grant_id, "merge", { scope: "openid document.view" });
    await net.june.decline(screen, true);
    expect(await refusal(net.redeem(auth_req_id))).toBe("400 authorization_pending");
    expect(await net.introspect(grant.access_token)).toMatchObject({ active: true });
    await exchange.settled();
    await answered(net.ask());
    await exchange.settled();
    expect(await net.june.requests()).toEqual([]);
  });
});
