import { randomPKCECodeVerifier } from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runningClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { answered, keyPair, type Party, refusal, thumbprint } from "../support/parties.ts";
import { redirectDoor, redirecting } from "../support/redirect.ts";

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
const { push, pushed, browser, answer, code, redeem } = redirectDoor(
  () => exchange,
  () => net,
  () => app,
);

describe("RFC 6749 §4.1.3 the code", () => {
  test("N-21 needs its verifier and its redirect_uri, and costs nothing until both fit", async () => {
    const value = await code();
    expect(await refusal(redeem(value, { code_verifier: undefined }))).toBe("400 invalid_grant");
    expect(await refusal(redeem(value, { code_verifier: randomPKCECodeVerifier() }))).toBe("400 invalid_grant");
    expect(await refusal(redeem(value, { redirect_uri: "https://app.test/other" }))).toBe("400 invalid_grant");
    expect(await refusal(redeem(value, { redirect_uri: undefined }))).toBe("400 invalid_grant");
    expect((await redeem(value)).status).toBe(200);
  });
  test("N-24, N-25 is this Client's and a code only; what somebody else tries leaves it to its Client (design §2)", async () => {
    const value = await code();
    expect(await refusal(redeem(value, {}, other))).toBe("400 invalid_grant");
    expect(await refusal(app.post("/token", { grant_type: "refresh_token", refresh_token: value }))).toBe(
      "400 invalid_grant",
    );
    expect((await redeem(value)).status).toBe(200);
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
  test("RFC 9449 §10 dpop_jkt alone binds too", async () => {
    const keys = await keyPair();
    const { request_uri } = await answered(push({ dpop_jkt: await thumbprint(keys) }, app, { dpop: undefined }));
    const tab = browser();
    const back = new URL(await tab.open(await answer(await tab.authorize(String(request_uri), app.clientId))));
    const value = back.searchParams.get("code") ?? "";
    expect(await refusal(redeem(value))).toBe("400 invalid_grant");
    expect((await redeem(value, {}, app, { keys })).status).toBe(200);
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

test("Grant Management §5.2, §5.5 the action is asked at /par, and the code's tokens carry the grant_id", async () => {
  expect(await answered(redeem(await code({ grant_management_action: "create" })))).toHaveProperty("grant_id");
  expect(await answered(redeem(await code()))).not.toHaveProperty("grant_id");
  expect(await refusal(push({ grant_management_action: "merge", grant_id: "grant_r1x" }))).toBe("400 invalid_grant_id");
});
