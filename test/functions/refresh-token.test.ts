import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backchannel } from "../support/backchannel.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { document, immunizations, network } from "../support/network.ts";
import { answered, keyPair, refusal, thumbprint } from "../support/parties.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let refresh_token: string;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  const { asked, poll } = backchannel(() => net);
  const auth_req_id = await asked(await net.june.code("app"));
  const screen = await net.june.waiting();
  const lakeside = screen.notice.asked[0]?.sources.find(({ name }) => name === "Lakeside Family Clinic")?.id ?? "";
  // Of two sources she chose one, of two actions one.
  await net.june.approve(screen, { sources: [[lakeside]] });
  const form = { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id, resource: "https://clinic.test" };
  expect(await refusal(poll(auth_req_id))).toBe("400 invalid_target");
  refresh_token = String((await answered(net.app.post("/token", form)))["refresh_token"]);
});
afterAll(() => exchange.close());

type Options = Parameters<typeof net.app.post>[2];
const refresh = (more: Record<string, string | undefined> = {}, party = net.app, options: Options = {}) =>
  party.post("/token", { grant_type: "refresh_token", refresh_token, ...more }, options);

describe("RFC 6749 §6 refreshing", () => {
  test("N-28 another Client, no authentication, no proof, a token that is none", async () => {
    expect(await refusal(refresh({}, net.otherApp))).toBe("400 invalid_grant");
    expect(await refusal(refresh({ client_assertion: undefined }))).toBe("401 invalid_client");
    expect(await refusal(refresh({}, net.app, { dpop: undefined }))).toMatch(/^400 invalid_/);
    expect(await refusal(refresh({ refresh_token: `${refresh_token.slice(0, -2)}AA` }))).toBe("400 invalid_grant");
    expect(await refusal(refresh({ refresh_token: undefined }))).toBe("400 invalid_request");
  });
  test("N-28 (+) RFC 9449 §5 with a new key the new token is bound to the new key", async () => {
    const keys = await keyPair();
    const { access_token } = await answered(refresh({}, net.app, { keys }));
    expect(decodeJwt(String(access_token))["cnf"]).toEqual({ jkt: await thumbprint(keys) });
  });
  test.each([
    ["a scope value of nobody's", { scope: "openid other.read" }, "invalid_scope"],
    ["an action that was not granted", { scope: "immunization-history.subscribe" }, "invalid_scope"],
    [
      "another kind of data",
      { authorization_details: [{ type: document, actions: ["view"] }] },
      "invalid_authorization_details",
    ],
    [
      "a granted and an optional action",
      { authorization_details: [{ type: immunizations, actions: ["read", "subscribe"] }] },
      "invalid_authorization_details",
    ],
    ["what is no JSON", { authorization_details: "[" }, "invalid_authorization_details"],
  ])("N-32 RFC 9396 §6 %s is not given", async (_, wider, code) => {
    const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
    const more = Object.fromEntries(Object.entries(wider).map(([name, value]) => [name, text(value)]));
    expect(await refusal(refresh(more))).toBe(`400 ${code}`);
  });
  test("N-33 RFC 8707 §2 a source she did not choose, a stranger, another spelling: invalid_target", async () => {
    for (const resource of [
      "https://registry.test",
      "https://evil.test",
      "https://clinic.test/",
      "https://CLINIC.test",
    ])
      expect([resource, await refusal(refresh({ resource }))]).toEqual([resource, "400 invalid_target"]);
    expect((await refresh({ resource: "https://clinic.test" })).status).toBe(200);
  });
});
