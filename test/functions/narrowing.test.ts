import { compactDecrypt, decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { grantType } from "../../protocol/oauth.ts";
import { backchannel } from "../support/backchannel.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { document, immunizations, link, network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  await link(net.lakeside, await net.june.code("source"), document, ["view", "print"]);
  app = await net.client("Both kinds", { capabilities });
});
afterAll(() => exchange.close());

const [registry, clinic] = ["https://registry.test", "https://clinic.test"];
const purpose = "immunization-calendar";
const capabilities = [
  { type: immunizations, actions: ["read", "subscribe"], purpose },
  { type: document, actions: ["view", "print"], purpose },
];
const { ask } = backchannel(() => net);

type Changes = Record<string, string | undefined>;
interface Detail {
  readonly type: string;
  readonly actions: readonly string[];
  readonly locations: readonly string[];
}

/** Vaccines from both sources and documents of the clinic, every action allowed. */
async function granted(asked: Changes): Promise<string> {
  const { auth_req_id } = await answered(ask({ login_hint: await net.june.code("app"), ...asked }, app));
  const screen = await net.june.waiting();
  const actions = screen.notice.asked.map((kind) => kind.actions.map(({ action }) => action));
  // The registry is preferred.
  const sources = screen.notice.asked.map((kind) =>
    kind.sources
      .filter(({ usable }) => usable)
      .sort((a, b) => (a.name < b.name ? 1 : -1))
      .map(({ id }) => id),
  );
  expect((await net.june.approve(screen, { actions, sources })).status).toBe(200);
  return String(auth_req_id);
}
const byDetails = {
  authorization_details: JSON.stringify([
    { type: immunizations, actions: ["read"], optional_actions: ["subscribe"] },
    { type: document, actions: ["view", "print"] },
  ]),
};
const byScope = {
  authorization_details: undefined,
  scope: "openid immunization-history.read immunization-history.subscribe document.view document.print",
};

const redeem = (auth_req_id: string, more: Changes = {}) =>
  app.post("/token", { grant_type: grantType.ciba, auth_req_id, ...more });
async function refreshing(asked: Changes) {
  const { refresh_token } = await answered(redeem(await granted(asked)));
  return (more: Changes) =>
    app.post("/token", { grant_type: "refresh_token", refresh_token: String(refresh_token), ...more });
}

/** Kind and actions, as a token at this source says and its introspection repeats. */
async function carried(tokens: Record<string, unknown>, at: "registry" | "clinic") {
  const token = String(tokens["access_token"]);
  const source = at === "registry" ? net.provincial : net.lakeside;
  const encrypted = token.split(".").length === 5;
  const jws = encrypted
    ? new TextDecoder().decode((await compactDecrypt(token, net.encryption.privateKey)).plaintext)
    : token;
  const claims = decodeJwt<{ aud: string; scope: string; authorization_details: Detail[] }>(jws);
  const told = await answered(source.post("/introspect", { token }));
  const kinds = (details: unknown) => (details as Detail[]).map(({ type, actions }) => [type, actions]);
  expect(told).toMatchObject({ active: true, aud: claims.aud, scope: claims.scope });
  expect(kinds(told["authorization_details"])).toEqual(kinds(claims.authorization_details));
  return { aud: claims.aud, scope: claims.scope, kinds: kinds(claims.authorization_details) };
}
const located = (tokens: Record<string, unknown>) =>
  (tokens["authorization_details"] as Detail[]).map(({ type, actions, locations }) => [
    type.split("/").at(-1),
    actions.join(" "),
    locations[0],
  ]);

describe("RFC 9396 §6, §7 narrower details at the token endpoint", () => {
  test("one action of one kind: the token, its introspection and the answer carry that and nothing else", async () => {
    const refresh = await refreshing(byDetails);
    const authorization_details = JSON.stringify([{ type: immunizations, actions: ["read"] }]);
    const tokens = await answered(refresh({ authorization_details }));
    expect(located(tokens)).toEqual([
      ["immunization-history", "read", registry],
      ["immunization-history", "read", clinic],
    ]);
    expect(tokens["scope"]).toBe("openid immunization-history.read");
    expect(await carried(tokens, "registry")).toEqual({
      aud: registry,
      scope: "immunization-history.read",
      kinds: [[immunizations, ["read"]]],
    });
    // The next one is whole again: the refresh token is for the grant (RFC 6749 §6).
    const whole = await answered(refresh({ resource: clinic }));
    expect((await carried(whole, "clinic")).kinds).toEqual([
      [immunizations, ["read", "subscribe"]],
      [document, ["view", "print"]],
    ]);
  });
  test("at the first redemption, too", async () => {
    const authorization_details = JSON.stringify([{ type: document, actions: ["print"] }]);
    const tokens = await answered(redeem(await granted(byDetails), { authorization_details }));
    // Only the clinic holds documents: the token is for the first source that has something left.
    expect(await carried(tokens, "clinic")).toEqual({
      aud: clinic,
      scope: "document.print",
      kinds: [[document, ["print"]]],
    });
    expect(located(tokens)).toEqual([["document", "print", clinic]]);
  });
  test("§2.2 locations choose the source", async () => {
    const refresh = await refreshing(byDetails);
    const detail = { type: immunizations, actions: ["subscribe"], locations: [clinic] };
    const tokens = await answered(refresh({ authorization_details: JSON.stringify([detail]) }));
    expect(await carried(tokens, "clinic")).toMatchObject({ aud: clinic, kinds: [[immunizations, ["subscribe"]]] });
    expect(located(tokens)).toEqual([["immunization-history", "subscribe", clinic]]);
  });
  test.each([
    ["an action that was not asked", { type: document, actions: ["view", "edit"] }],
    ["a kind that was not asked", { type: "https://fpx.example/definitions/balance", actions: ["read"] }],
    ["another purpose", { type: document, actions: ["view"], purpose: "as-described" }],
    ["a place it was not granted from", { type: document, actions: ["view"], locations: [registry] }],
    ["a place beside a granted one", { type: document, actions: ["view"], locations: [clinic, registry] }],
    ["an unknown member (§5)", { type: document, actions: ["view"], pages: 2 }],
    ["a Capability Ticket it may not use", { type: "capability", id: "none" }],
  ])("N-32 §5 %s is invalid_authorization_details, and costs nothing", async (_, detail) => {
    const auth_req_id = await granted(byDetails);
    const authorization_details = JSON.stringify([detail]);
    expect(await refusal(redeem(auth_req_id, { authorization_details }))).toBe("400 invalid_authorization_details");
    expect((await redeem(auth_req_id)).status).toBe(200);
  });
});

describe("RFC 6749 §6 narrower scope", () => {
  test("values that were asked by scope narrow the token", async () => {
    const refresh = await refreshing(byScope);
    const tokens = await answered(refresh({ scope: "immunization-history.read document.view", resource: clinic }));
    expect(await carried(tokens, "clinic")).toEqual({
      aud: clinic,
      scope: "immunization-history.read document.view",
      kinds: [
        [immunizations, ["read"]],
        [document, ["view"]],
      ],
    });
    expect(tokens["scope"]).toBe("immunization-history.read document.view");
  });
  test("RFC 9396 §3 what was asked by authorization_details stays as granted where only scope is sent again", async () => {
    const refresh = await refreshing(byDetails);
    const tokens = await answered(refresh({ scope: "openid" }));
    expect(located(tokens)).toHaveLength(3);
    expect(tokens["scope"]).toBe(byScope.scope);
  });
  test.each(["document.edit", "balance.read", "openid profile"])("N-32 wider: %s is invalid_scope", async (scope) => {
    const refresh = await refreshing(byDetails);
    expect(await refusal(refresh({ scope }))).toBe("400 invalid_scope");
    expect((await refresh({})).status).toBe(200);
  });
});

describe("RFC 8707 §2.2 resource at the token endpoint", () => {
  test("N-33 another than the consented sources, or two, is invalid_target, and costs nothing", async () => {
    const auth_req_id = await granted(byDetails);
    for (const resource of ["https://camp.test", `${registry}/`, `${registry} ${clinic}`, "registry"])
      expect(await refusal(redeem(auth_req_id, { resource }))).toBe("400 invalid_target");
    const tokens = await answered(redeem(auth_req_id, { resource: clinic }));
    expect(await carried(tokens, "clinic")).toMatchObject({ aud: clinic });
  });
  test("N-33 a granted source where nothing lies that is named", async () => {
    const refresh = await refreshing(byDetails);
    const authorization_details = JSON.stringify([{ type: document, actions: ["view"] }]);
    expect(await refusal(refresh({ authorization_details, resource: registry }))).toBe("400 invalid_target");
  });
});
