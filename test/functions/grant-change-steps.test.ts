import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { changing } from "../support/changes.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { answered, refusal } from "../support/parties.ts";
import { good } from "../support/redirect.ts";
import { stranger } from "../support/stranger.ts";

/** A Client of every extra: it is pinged, and matches numbers. */
let exchange: TestExchange;
let net: Awaited<ReturnType<typeof changing>>;
let endpoint: Awaited<ReturnType<typeof stranger>>;
const client_notification_token = "token-of-the-client";
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  vi.stubEnv("ALLOW_LOOPBACK", "true");
  endpoint = await stranger((_, response) => response.writeHead(204).end());
  net = await changing(exchange, {
    backchannel_token_delivery_mode: "ping",
    backchannel_client_notification_endpoint: `${endpoint.url}/cb`,
    fpx_number_match: true,
  });
  net.june.passkey.synced = true;
  await answered(net.june.call("POST", "/wallet/devices", { platform: "FCM", token: "phone-of-june" }));
});
afterAll(async () => {
  endpoint.close();
  await exchange.close();
});

const document = { scope: "openid document.view" };

async function granted() {
  const asked = await answered(net.ask({ grant_management_action: "create", client_notification_token }));
  const screen = await net.june.waiting();
  await answered(net.june.approve(screen, { number: String(asked["number"]) }));
  const { grant_id, access_token } = await answered(net.redeem(asked["auth_req_id"]));
  await exchange.settled();
  return { grant_id: String(grant_id), access_token: String(access_token), consentId: screen.id };
}

async function asked(grant_id: string, more: Record<string, string> = document) {
  const change = { grant_management_action: "merge", grant_id, client_notification_token, ...more };
  const { auth_req_id, number } = await answered(net.ask(change));
  return { auth_req_id: String(auth_req_id), number: String(number), screen: await net.june.waiting() };
}
const pinged = () => endpoint.seen.map(({ body }) => (JSON.parse(body) as { auth_req_id: string }).auth_req_id);

describe("Grant Management §5.2 a change is asked and answered like any request", () => {
  test("CIBA Core §10.2 the phone rings, the number is typed, the Client is pinged and fetches", async () => {
    const { grant_id } = await granted();
    const pushes = exchange.pushes.length;
    endpoint.seen.length = 0;
    const { auth_req_id, number, screen } = await asked(grant_id);
    await exchange.settled();
    expect(exchange.pushes).toHaveLength(pushes + 1);
    expect(JSON.stringify(exchange.pushes.at(-1))).not.toMatch(/document|Manager|merge/);
    expect(await refusal(net.june.approve(screen))).toBe("422 unprocessable");
    await answered(net.june.approve(screen, { number }));
    await exchange.settled();
    expect(pinged()).toEqual([auth_req_id]);
    expect(await answered(net.redeem(auth_req_id))).toMatchObject({ grant_id });
  });

  test("CIBA Core §10.2 declined: pinged; withdrawn while it waits: pinged; “I did not start this” or three wrong numbers: not", async () => {
    const { grant_id, consentId } = await granted();
    endpoint.seen.length = 0;
    const wrong = await asked(grant_id);
    for (let n = 0; n < 3; n++) {
      const again = await net.june.screen(consentId);
      const number = wrong.number === "10" ? "11" : "10";
      expect((await net.june.approve(again, { number })).status).toBe(n < 2 ? 422 : 410);
    }
    expect(await refusal(net.redeem(wrong.auth_req_id))).toBe("400 authorization_pending");
    const declined = await asked(grant_id);
    await net.june.decline(declined.screen);
    const withdrawn = await asked(grant_id);
    await net.june.withdraw(consentId);
    await exchange.settled();
    expect(pinged()).toEqual([declined.auth_req_id, withdrawn.auth_req_id]);
    expect(await refusal(net.redeem(withdrawn.auth_req_id))).toBe("400 access_denied");
  });

  test("CIBA Core §7.1.1, RFC 9101 §6.3 in a signed request, at both doors", async () => {
    const { grant_id } = await granted();
    const login_hint = await net.june.code("app");
    const nbf = Math.floor(Date.now() / 1000);
    const change = { ...document, grant_management_action: "merge", grant_id };
    const signed = async (claims: object) => net.manager.assertion({ sub: undefined, nbf, ...claims });
    const request = await signed({ ...change, login_hint, client_notification_token });
    const { auth_req_id, number } = await answered(net.manager.post("/bc-authorize", { request }));
    await answered(net.june.approve(await net.june.waiting(), { number: String(number) }));
    expect(await answered(net.redeem(auth_req_id))).toMatchObject({ grant_id });
    const unknown = await signed({ ...change, login_hint, client_notification_token, grant_id: "grant_r1none" });
    expect(await refusal(net.manager.post("/bc-authorize", { request: unknown }))).toBe("400 invalid_grant_id");
    const pushed = async (named: string) =>
      net.manager.post("/par", { request: await signed({ ...good, ...change, grant_id: named }) });
    expect((await pushed(grant_id)).status).toBe(201);
    expect(await refusal(pushed("grant_r1none"))).toBe("400 invalid_grant_id");
  });

  test("a delivery that comes again neither asks again nor undoes an answer", async () => {
    const { grant_id } = await granted();
    const { auth_req_id, screen } = await asked(grant_id);
    await net.june.decline(screen);
    const { handler } = await import("../../functions/notify.ts");
    const NewImage = { kind: { S: "consent" }, state: { S: "proposed" }, pk: { S: `CONSENT#${screen.id}` } };
    const pushes = exchange.pushes.length;
    expect(await handler({ Records: [{ dynamodb: { NewImage } }] }, {})).toEqual({ batchItemFailures: [] });
    expect(exchange.pushes).toHaveLength(pushes);
    expect(await net.june.requests()).toEqual([]);
    expect(await refusal(net.redeem(auth_req_id))).toBe("400 access_denied");
  });
});

describe("races", () => {
  const tally = (results: readonly Response[]) => results.map(({ status }) => status).toSorted();

  test("N-71 of 20 concurrent approvals of one proposal one counts: one version, one generation", async () => {
    const { grant_id, access_token, consentId } = await granted();
    const { auth_req_id, number, screen } = await asked(grant_id);
    const results = await Promise.all(Array.from({ length: 20 }, () => net.june.approve(screen, { number })));
    expect(tally(results).slice(0, 2)).toEqual([200, 409]);
    expect(new Set(tally(results).slice(1)).isSubsetOf(new Set([409, 410]))).toBe(true);
    expect(await net.introspect(access_token)).toEqual({ active: false });
    const tokens = await answered(net.redeem(auth_req_id));
    expect(await net.introspect(String(tokens["access_token"]))).toMatchObject({ active: true });
    expect(await net.consent(consentId)).toMatchObject({ state: "active" });
  }, 60_000);

  test("N-48 approve a proposal against withdraw, ten times: withdrawn, and never a token afterwards", async () => {
    for (let n = 0; n < 10; n++) {
      const { grant_id, access_token, consentId } = await granted();
      const { auth_req_id, number, screen } = await asked(grant_id);
      const [approved] = await Promise.all([net.june.approve(screen, { number }), net.june.withdraw(consentId)]);
      expect([200, 409, 410]).toContain(approved.status);
      expect(await net.consent(consentId)).toMatchObject({ state: "ended", endedBy: "withdrawn" });
      expect(await net.introspect(access_token)).toEqual({ active: false });
      expect(await refusal(net.redeem(auth_req_id))).toBe("400 access_denied");
    }
  }, 120_000);

  test("N-71 approve against decline of one proposal, ten times: exactly one outcome, told to the Client", async () => {
    const { grant_id } = await granted();
    for (let n = 0; n < 10; n++) {
      const { auth_req_id, number, screen } = await asked(grant_id);
      const [approved, declined] = await Promise.all([net.june.approve(screen, { number }), net.june.decline(screen)]);
      expect([approved.ok, declined.ok].filter(Boolean)).toHaveLength(1);
      const redeemed = await net.redeem(auth_req_id);
      expect(redeemed.ok ? "tokens" : await refusal(redeemed)).toBe(approved.ok ? "tokens" : "400 access_denied");
    }
  }, 120_000);

  test("N-22 of 20 concurrent redemptions of one change one succeeds", async () => {
    const { grant_id } = await granted();
    const { auth_req_id, number, screen } = await asked(grant_id);
    await answered(net.june.approve(screen, { number }));
    const results = await Promise.all(Array.from({ length: 20 }, () => net.redeem(auth_req_id)));
    expect(tally(results)).toEqual([200, ...Array.from({ length: 19 }, () => 400)]);
  }, 60_000);

  test("Grant Management §5.2 five changes of one grant asked at once: one waits, the others are over", async () => {
    const { grant_id, consentId } = await granted();
    const change = { grant_management_action: "merge", grant_id, client_notification_token, ...document };
    const handles = (await Promise.all(Array.from({ length: 5 }, () => answered(net.ask(change))))).map(
      ({ auth_req_id, number }) => ({ auth_req_id: String(auth_req_id), number: String(number) }),
    );
    await exchange.settled();
    const waiting = await net.june.requests();
    expect(waiting.map(({ id }) => id)).toEqual([consentId]);
    const screen = await net.june.screen(consentId);
    const outcomes = await Promise.all(handles.map(({ auth_req_id }) => refusal(net.redeem(auth_req_id))));
    expect(outcomes.toSorted()).toEqual([
      "400 authorization_pending",
      ...Array.from({ length: 4 }, () => "400 expired_token"),
    ]);
    const index = outcomes.indexOf("400 authorization_pending");
    await answered(net.june.approve(screen, { number: handles[index]?.number ?? "" }));
    expect(exchange.failures).toEqual([]);
  }, 60_000);
});
