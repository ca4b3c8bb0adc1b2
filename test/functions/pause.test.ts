import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { changing } from "../support/changes.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, link } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";
import { stranger } from "../support/stranger.ts";
import { claimed, idTokenOf, presentedBy, registeredResource, ticketFor, UMA_TICKET } from "../support/ticket.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof changing>>;
let endpoint: Awaited<ReturnType<typeof stranger>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  vi.stubEnv("ALLOW_LOOPBACK", "true");
  endpoint = await stranger((_, response) => response.writeHead(202).end());
  net = await changing(exchange, { security_event_endpoint: `${endpoint.url}/app` });
});
afterAll(async () => {
  endpoint.close();
  await exchange.close();
});
const later = stillClock();

const step = (id: string, name: "pause" | "resume") => net.june.call("POST", `/wallet/consents/${id}/${name}`);
const paused = "503 temporarily_unavailable";
const userinfo = (token: string) => net.manager.call("GET", "/userinfo", token);

describe("design §2 active ⇄ paused", () => {
  test("RFC 6749 §5.2, RFC 7662 §2.2 while paused every gate is shut at once, and says when to try again; resumed, the refresh token works on", async () => {
    const { consentId, access_token, refresh_token } = await net.granted();
    const asked = await answered(net.refresh(refresh_token, { resource: `${issuer}/userinfo` }));
    expect((await userinfo(String(asked["access_token"]))).status).toBe(200);

    const at = Math.floor(Date.now() / 1_000);
    expect(await answered(step(consentId, "pause"))).toMatchObject({ id: consentId, state: "paused", pausedAt: at });
    const refused = await net.refresh(refresh_token);
    expect(refused.headers.get("retry-after")).toBe("300");
    expect(await refusal(refused)).toBe(paused);
    expect(await net.introspect(access_token)).toEqual({ active: false });
    expect(await refusal(userinfo(String(asked["access_token"])))).toBe("401 invalid_token");

    const { pausedAt: _, history, ...same } = await net.consent(consentId);
    const resumed = { ...same, state: "active", history: [{ at, what: "resumed" }, ...(history as object[])] };
    expect(await answered(step(consentId, "resume"))).toEqual(resumed);
    const fresh = await answered(net.refresh(refresh_token));
    expect(await net.introspect(String(fresh["access_token"]))).toMatchObject({ active: true });
    // What a source saw inactive stays so.
    expect(await net.introspect(access_token)).toEqual({ active: false });
  });

  test("again is no harm: one generation, one line of history", async () => {
    const { consentId, refresh_token } = await net.granted();
    const first = await answered(step(consentId, "pause"));
    later(60);
    const { pausedAt, history } = first;
    expect(await answered(step(consentId, "pause"))).toMatchObject({ state: "paused", pausedAt, history });
    for (let n = 0; n < 2; n++) expect(await answered(step(consentId, "resume"))).toMatchObject({ state: "active" });
    const { access_token } = await answered(net.refresh(refresh_token, { resource: `${issuer}/userinfo` }));
    expect(decodeJwt(String(access_token))["generation"]).toBe(2);
  });

  test("N-48 an approval that was not fetched yet waits: its handle is not spent by asking", async () => {
    const { auth_req_id } = await answered(net.ask());
    const screen = await net.june.waiting();
    await answered(net.june.approve(screen));
    await answered(step(screen.id, "pause"));
    expect(await refusal(net.redeem(auth_req_id))).toBe(paused);
    later(2);
    expect(await refusal(net.redeem(auth_req_id))).toBe(paused);
    await answered(step(screen.id, "resume"));
    expect(await answered(net.redeem(auth_req_id))).toMatchObject({ token_type: "DPoP" });
  });

  test("Grant Management §5.2, §6.4 paused, a grant is asked about as before, and what changes it can be answered; paused it stays", async () => {
    const { consentId, grant_id, refresh_token } = await net.granted();
    const { auth_req_id, screen } = await net.asked(grant_id, "merge", { scope: "openid document.view" });
    const before = await net.query(grant_id);
    await answered(step(consentId, "pause"));
    expect(await net.query(grant_id)).toEqual(before);
    expect(await refusal(net.june.approve(screen))).toBe("409 conflict");
    const view = await answered(net.june.approve(await net.june.screen(consentId)));
    expect(view).toMatchObject({ state: "paused", kinds: [{}, { title: "A document" }] });
    expect(await refusal(net.redeem(auth_req_id))).toBe(paused);
    expect(await refusal(net.refresh(refresh_token))).toBe(paused);
    await answered(step(consentId, "resume"));
    expect(await answered(net.redeem(auth_req_id))).toMatchObject({ grant_id });
  });

  test("a pause is told to nobody: there is no event for it, and the Client learns no reason", async () => {
    const { consentId, refresh_token } = await net.granted();
    await exchange.settled();
    endpoint.seen.length = 0;
    await answered(step(consentId, "pause"));
    const body = await (await net.refresh(refresh_token)).text();
    expect(body).not.toMatch(/pause|person/i);
    await answered(step(consentId, "resume"));
    await exchange.settled();
    expect(endpoint.seen).toEqual([]);
    expect(exchange.failures).toEqual([]);
  });

  test("paused it can be stopped, ends by itself, and what is over is neither paused nor resumed", async () => {
    const stopped = await net.granted();
    await answered(step(stopped.consentId, "pause"));
    expect(await net.june.withdraw(stopped.consentId)).toMatchObject({ state: "ended", endedBy: "withdrawn" });
    expect(await refusal(net.refresh(stopped.refresh_token))).toBe("400 invalid_grant");
    const late = await net.granted();
    await answered(step(late.consentId, "pause"));
    later(90 * 86_400);
    await net.june.signIn();
    for (const { consentId } of [stopped, late])
      for (const name of ["pause", "resume"] as const)
        expect(await refusal(step(consentId, name))).toBe("409 conflict");
    const { handler: due } = await import("../../functions/due.ts");
    await due();
    expect(await net.consent(late.consentId)).toMatchObject({ state: "ended", endedBy: "expired" });
  });

  test("N-71 what waits for an answer, a sign-in, and another person's consent are not paused", async () => {
    await net.ask();
    const screen = await net.june.waiting();
    expect(await refusal(step(screen.id, "pause"))).toBe("409 conflict");
    await net.june.decline(screen);
    await net.ask({ scope: "openid" });
    const signIn = await net.june.waiting();
    await answered(net.june.approve(signIn));
    expect(await refusal(step(signIn.id, "pause"))).toBe("409 conflict");
    const { consentId } = await net.granted();
    const bob = new June(exchange, walletOrigin);
    await bob.createAccount("Bob");
    for (const name of ["pause", "resume"])
      expect(await refusal(bob.call("POST", `/wallet/consents/${consentId}/${name}`))).toBe("404 not_found");
  });
});

describe("UMA Grant §3.3.6 the ticket door", () => {
  test("what the owner holds back is not asked for again: the Client waits, and goes on when they go on", async () => {
    const app: Party = await net.client("Family Records", {
      grant_types: [UMA_TICKET, "urn:openid:params:grant-type:ciba", "refresh_token"],
    });
    const bob = new June(exchange, walletOrigin);
    await bob.createAccount("Bob");
    await link(net.lakeside, await bob.code("source"));
    const owner = net.subs.get(net.provincial) ?? "";
    const chart = await registeredResource(net.provincial, owner, { type: immunizations, resource_scopes: ["read"] });
    const ticket = () => ticketFor(net.provincial, { resource_id: chart, resource_scopes: ["read"] });
    const claims = claimed(await idTokenOf(exchange, bob, app));
    const asked = await presentedBy(app, await ticket(), claims);
    const screen = await net.june.waiting();
    await answered(net.june.approve(screen));
    const { pct } = await presentedBy(app, asked.ticket ?? "");

    await answered(step(screen.id, "pause"));
    const waits = await presentedBy(app, await ticket(), { pct: String(pct) });
    expect(waits).toMatchObject({ status: 403, error: "request_submitted" });
    await exchange.settled();
    expect(await net.june.requests()).toEqual([]);
    await answered(step(screen.id, "resume"));
    expect(await presentedBy(app, waits.ticket ?? "")).toMatchObject({ status: 200 });

    await answered(step(screen.id, "pause"));
    const again = await presentedBy(app, await ticket(), { pct: String(pct) });
    await net.june.withdraw(screen.id);
    expect(await presentedBy(app, again.ticket ?? "")).toMatchObject({ error: "request_denied" });
  });
});
