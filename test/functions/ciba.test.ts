import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { grantType } from "../../protocol/oauth.ts";
import { backchannel } from "../support/backchannel.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, refusal } from "../support/parties.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());

const later = stillClock();
const { ask, asked, poll } = backchannel(() => net);

describe("CIBA Core §7.1 the request", () => {
  test("N-46 exactly one hint", async () => {
    expect(await refusal(ask({ login_hint: undefined }))).toBe("400 invalid_request");
    expect(await refusal(ask({ id_token_hint: "a.b.c" }))).toBe("400 invalid_request");
    expect(await refusal(ask({ login_hint: "x".repeat(65) }))).toBe("400 invalid_request");
  });
  test.each([
    [undefined],
    ["x".repeat(51)],
    ["   "],
    ["\u202Eevil"],
    ["a\u200Bb"],
    ["https://evil.test"],
    ["<b>"],
    ["🙂"],
    ["a,b"],
  ])("N-47, UX-34 binding_message %j is invalid_binding_message", async (binding_message) => {
    expect(await refusal(ask({ binding_message }))).toBe("400 invalid_binding_message");
  });
  test("CIBA Core §13 scope must contain openid, and what is asked must be the Client's to ask", async () => {
    expect(await refusal(ask({ scope: undefined }))).toBe("400 invalid_scope");
    expect(await refusal(ask({ scope: "profile" }))).toBe("400 invalid_scope");
    expect(await refusal(ask({ scope: "openid unknown.read" }))).toBe("400 invalid_scope");
    // Alone it is a sign-in.
    expect((await ask({ authorization_details: undefined })).status).toBe(200);
    const wrong = (detail: object) => refusal(ask({ authorization_details: JSON.stringify([detail]) }));
    for (const detail of [
      { type: "https://fpx.example/definitions/unknown", actions: ["read"] },
      { type: "https://fpx.example/definitions/document", actions: ["view"], purpose: "immunization-calendar" },
      { type: immunizations, actions: ["delete"] },
      { type: immunizations, actions: [] },
      { type: immunizations, actions: ["read"], purpose: "advertising" },
      { type: immunizations, actions: ["read"], duration: "P2Y" },
      { type: immunizations, actions: ["read"], extra: true },
    ])
      expect(await wrong(detail)).toBe("400 invalid_authorization_details");
  });
  test("RFC 9396 §3 (+) a scope value means the same as its detail", async () => {
    const handle = await answered(
      ask({
        authorization_details: undefined,
        scope: "openid immunization-history.read",
        login_hint: await net.june.code("app"),
      }),
    );
    expect(handle).toMatchObject({ expires_in: 900, interval: 5 });
    const screen = await net.june.waiting();
    expect(screen.notice.asked).toMatchObject([
      {
        title: "Your immunization history",
        purpose: "To show which boosters are due.",
        actions: [{ action: "read", required: true }],
      },
    ]);
    await net.june.decline(screen);
  });
  test("CIBA Core §13 a party not registered for CIBA is unauthorized_client", async () => {
    expect(await refusal(ask({}, net.provincial))).toBe("400 unauthorized_client");
  });
});

describe("CIBA Core §11 polling", () => {
  test("N-52 too early is slow_down, each time slower; an approval still works later", async () => {
    const handle = await asked(await net.june.code("app"));
    expect(await refusal(poll(handle))).toBe("400 authorization_pending");
    later(1);
    expect(await refusal(poll(handle))).toBe("400 slow_down");
    later(6);
    expect(await refusal(poll(handle))).toBe("400 slow_down");
    later(16);
    expect(await refusal(poll(handle))).toBe("400 authorization_pending");
    for (let n = 0; n < 12; n++) await poll(handle);
    expect(await refusal(poll(handle))).toBe("400 invalid_request");
    expect((await net.june.approve(await net.june.waiting())).status).toBe(200);
    expect((await poll(handle)).status).toBe(200);
  });
  test("N-53 past the hard end: expired_token for the Client, gone for the person, and the clock writes it", async () => {
    const handle = await asked(await net.june.code("app"));
    const screen = await net.june.waiting();
    later(900);
    expect((await net.june.approve(screen)).status).toBe(410);
    expect(await refusal(poll(handle))).toBe("400 expired_token");
    const { handler } = await import("../../functions/due.ts");
    await handler();
    const consent = await answered(net.june.call("GET", `/wallet/consents/${screen.id}`));
    expect(consent).toMatchObject({ state: "declined", endedBy: "unanswered" });
  });
  test("N-51, N-24 another client's, garbage, or redeemed", async () => {
    const handle = await asked(await net.june.code("app"));
    await net.june.approve(await net.june.waiting());
    expect(await refusal(poll(handle, net.otherApp))).toBe("400 invalid_grant");
    expect(await refusal(poll("areq_r10000garbage"))).toBe("400 invalid_grant");
    expect(await refusal(poll(`${handle.slice(0, -2)}AA`))).toBe("400 invalid_grant");
    const { refresh_token } = await answered(poll(handle));
    expect(await refusal(poll(String(refresh_token)))).toBe("400 invalid_grant");
    expect(await refusal(net.app.post("/token", { grant_type: "refresh_token", refresh_token: handle }))).toBe(
      "400 invalid_grant",
    );
  });
  test("N-23 the same Client's replay, later than a race, kills what the first use led to; another's kills nothing", async () => {
    const handle = await asked(await net.june.code("app"));
    await net.june.approve(await net.june.waiting());
    const { access_token, refresh_token } = await answered(poll(handle));
    const refresh = () => net.app.post("/token", { grant_type: "refresh_token", refresh_token: String(refresh_token) });
    const introspect = () => answered(net.provincial.post("/introspect", { token: String(access_token) }));
    expect(await refusal(poll(handle))).toBe("400 invalid_grant");
    later(2);
    expect(await refusal(poll(handle, net.otherApp))).toBe("400 invalid_grant");
    expect(await introspect()).toMatchObject({ active: true });
    expect(await refusal(poll(handle))).toBe("400 invalid_grant");
    expect(await introspect()).toEqual({ active: false });
    expect(await refusal(refresh())).toBe("400 invalid_grant");
  });
  test("RFC 8707 §2 a resource that was not granted costs no handle", async () => {
    const handle = await asked(await net.june.code("app"));
    await net.june.approve(await net.june.waiting());
    expect(
      await refusal(
        net.app.post("/token", { grant_type: grantType.ciba, auth_req_id: handle, resource: "https://evil.test" }),
      ),
    ).toBe("400 invalid_target");
    const second = await answered(
      net.app.post("/token", { grant_type: grantType.ciba, auth_req_id: handle, resource: "https://clinic.test" }),
    );
    expect(second).toMatchObject({ token_type: "DPoP", expires_in: 300, scope: "openid immunization-history.read" });
  });
});
