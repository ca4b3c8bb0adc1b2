import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, link, network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";
import { claimed, idTokenOf, presentedBy, registeredResource, ticketFor, UMA_TICKET } from "../support/ticket.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
let bob: string;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  const grant_types = [UMA_TICKET, "urn:openid:params:grant-type:ciba", "refresh_token"];
  app = await net.client("Family Records", { grant_types });
  const person = new June(exchange, walletOrigin);
  await person.createAccount("Bob");
  await link(net.lakeside, await person.code("source"));
  bob = await idTokenOf(exchange, person, app);
});
afterAll(() => exchange.close());

/** An owner with two charts at the clinic. */
async function owned() {
  const owner = new June(exchange, walletOrigin);
  await owner.createAccount("Olga");
  const sub = await link(net.lakeside, await owner.code("source"));
  const chart = () =>
    registeredResource(net.lakeside, sub, { type: immunizations, resource_scopes: ["read", "subscribe"] });
  const [one = "", two = ""] = [await chart(), await chart()].sort();
  const ticket = (resource_id: string, resource_scopes = ["read"]) =>
    ticketFor(net.lakeside, { resource_id, resource_scopes });
  return { owner, one, two, ticket };
}

const permissions = async (token: unknown) => {
  const told = await answered(net.lakeside.post("/introspect", { token: String(token) }));
  const details = (told["authorization_details"] ?? []) as { actions: string[]; resource_ids: string[] }[];
  return told["active"] ? details.map(({ actions, resource_ids }) => [resource_ids.sort(), actions]) : "inactive";
};

describe("UMA Grant §3.3.4 what a token is for", () => {
  test("exactly what was requested, of more that the owner has allowed; a refresh gives no more (§3.6)", async () => {
    const { owner, one, two, ticket } = await owned();
    const both = await ticketFor(net.lakeside, [
      { resource_id: one, resource_scopes: ["read", "subscribe"] },
      { resource_id: two, resource_scopes: ["read"] },
    ]);
    const asked = await presentedBy(app, both, claimed(bob));
    await owner.approve(await owner.waiting());
    const whole = await presentedBy(app, asked.ticket ?? "");
    expect(await permissions(whole["access_token"])).toEqual([
      [[one], ["read", "subscribe"]],
      [[two], ["read"]],
    ]);
    const narrow = await presentedBy(app, await ticket(one), claimed(bob));
    expect(narrow.status).toBe(200);
    expect(await permissions(narrow["access_token"])).toEqual([[[one], ["read"]]]);
    const refresh = { grant_type: "refresh_token", refresh_token: String(narrow["refresh_token"]) };
    const refreshed = await answered(app.post("/token", refresh));
    expect(await permissions(refreshed["access_token"])).toEqual([[[one], ["read"]]]);
    expect(await refusal(app.post("/token", { ...refresh, scope: "immunization-history.subscribe" }))).toBe(
      "400 invalid_scope",
    );
  });

  test("RegisteredScopes ∩ RequestedScopes are added to the ticket's, where the resource has them; any other is invalid_scope (§3.3.6)", async () => {
    const { owner, one, ticket } = await owned();
    const scoped = { ...claimed(bob), scope: "immunization-history.subscribe" };
    const asked = await presentedBy(app, await ticket(one), scoped);
    const screen = await owner.waiting();
    expect(screen.notice.asked[0]?.actions.map(({ action }) => action)).toEqual(["read", "subscribe"]);
    await owner.decline(screen);
    expect(await presentedBy(app, asked.ticket ?? "", { scope: "print" })).toMatchObject({
      status: 400,
      error: "invalid_scope",
    });
    expect(await presentedBy(app, await ticket(one, []), claimed(bob))).toMatchObject({ error: "invalid_scope" });
    const clarified = { ...claimed(bob), scope: "subscribe" };
    expect(await presentedBy(app, await ticket(one, []), clarified)).toMatchObject({ error: "request_submitted" });
  });

  test("a lost answer does not kill the flow: a new ticket joins what is asked already, without a second push", async () => {
    const { owner, one, ticket } = await owned();
    await owner.call("POST", "/wallet/devices", { platform: "APNS", token: `${one}`.slice(0, 60) });
    const before = exchange.pushes.length;
    await presentedBy(app, await ticket(one), claimed(bob));
    const screen = await owner.waiting();
    const again = await presentedBy(app, await ticket(one), claimed(bob));
    expect(again).toMatchObject({ error: "request_submitted" });
    await exchange.settled();
    expect([exchange.pushes.length - before, (await owner.requests()).length]).toEqual([1, 1]);
    await owner.approve(screen);
    expect(await presentedBy(app, again.ticket ?? "")).toMatchObject({ status: 200 });
  });
});

describe("UMA Grant §3.3.5.1 RPT upgrade", () => {
  test("the owner is asked for what is new as a change of the consent; the new token carries both, the old one is revoked", async () => {
    const { owner, one, two, ticket } = await owned();
    const first = await presentedBy(app, await ticket(one), claimed(bob));
    await owner.approve(await owner.waiting());
    const rpt = String((await presentedBy(app, first.ticket ?? ""))["access_token"]);

    const asked = await presentedBy(app, await ticket(two), { ...claimed(bob), rpt });
    expect(asked.error).toBe("request_submitted");
    const screen = await owner.waiting();
    expect(screen.notice.asked).toMatchObject([{ actions: [{ action: "read", required: true }] }]);
    expect(await permissions(rpt)).toEqual([[[one], ["read"]]]);
    expect((await owner.approve(screen)).status).toBe(200);
    const upgraded = await presentedBy(app, asked.ticket ?? "");
    expect(upgraded).toMatchObject({ status: 200, upgraded: true });
    expect(await permissions(upgraded["access_token"])).toEqual([[[one, two], ["read"]]]);
    expect(await permissions(rpt)).toBe("inactive");
    const consents = (await answered(owner.call("GET", "/wallet/consents"))) as { consents: unknown[] };
    expect(consents.consents).toHaveLength(1);
  });

  test("within what is allowed already it is upgraded at once; a spent one is as if it were not there", async () => {
    const { owner, one, two, ticket } = await owned();
    const both = [one, two].map((resource_id) => ({ resource_id, resource_scopes: ["read"] }));
    const asked = await presentedBy(app, await ticketFor(net.lakeside, both), claimed(bob));
    await owner.approve(await owner.waiting());
    await presentedBy(app, asked.ticket ?? "");
    const first = await presentedBy(app, await ticket(one), claimed(bob));
    const rpt = String(first["access_token"]);
    const upgraded = await presentedBy(app, await ticket(two), { ...claimed(bob), rpt });
    expect(upgraded).toMatchObject({ status: 200, upgraded: true });
    expect(await permissions(upgraded["access_token"])).toEqual([[[one, two], ["read"]]]);
    expect(await permissions(rpt)).toBe("inactive");

    const stranger = await presentedBy(app, await ticket(two), { ...claimed(bob), rpt });
    expect(stranger).not.toHaveProperty("upgraded");
    expect(await permissions(stranger["access_token"])).toEqual([[[two], ["read"]]]);
  });

  test("N-71 the owner's no leaves the consent as it was, and ends the process", async () => {
    const { owner, one, two, ticket } = await owned();
    const first = await presentedBy(app, await ticket(one), claimed(bob));
    await owner.approve(await owner.waiting());
    const rpt = String((await presentedBy(app, first.ticket ?? ""))["access_token"]);
    const asked = await presentedBy(app, await ticket(two), { ...claimed(bob), rpt });
    await owner.decline(await owner.waiting());
    expect(await presentedBy(app, asked.ticket ?? "")).toMatchObject({ status: 403, error: "request_denied" });
    expect(await permissions(rpt)).toEqual([[[one], ["read"]]]);
  });
});

test("UMA FedAuthz §5.1.1 asked with a PAT, the answer has permissions in the place of a scope; of another Resource Server it is inactive (N-69)", async () => {
  const { owner, one, two, ticket } = await owned();
  const both = [one, two].map((resource_id) => ({ resource_id, resource_scopes: ["read"] }));
  const asked = await presentedBy(app, await ticketFor(net.lakeside, both), claimed(bob));
  await owner.approve(await owner.waiting());
  await presentedBy(app, asked.ticket ?? "");
  const { access_token } = await presentedBy(app, await ticket(one), claimed(bob));
  const told = async (source: Party) => {
    const pat = await source.token("uma_protection");
    const response = await exchange.fetch(`${exchange.issuer}/introspect`, {
      method: "POST",
      headers: {
        authorization: `DPoP ${pat}`,
        dpop: await source.proof("POST", `${exchange.issuer}/introspect`, { token: pat }),
      },
      body: new URLSearchParams({ token: String(access_token) }),
    });
    return answered(response);
  };
  const answer = await told(net.lakeside);
  expect(answer).toMatchObject({
    active: true,
    permissions: [{ resource_id: one, resource_scopes: ["read"], exp: expect.any(Number) }],
  });
  expect(answer).not.toHaveProperty("scope");
  expect(await told(net.provincial)).toEqual({ active: false });
});

test("UMA Grant §3.7 a Client revokes its own persisted claims token, and no other's", async () => {
  const { owner, one, ticket } = await owned();
  const asked = await presentedBy(app, await ticket(one), claimed(bob));
  await owner.approve(await owner.waiting());
  const pct = String((await presentedBy(app, asked.ticket ?? ""))["pct"]);
  expect((await net.otherApp.post("/revoke", { token: pct, token_type_hint: "pct" })).status).toBe(200);
  expect(await presentedBy(app, await ticket(one), { pct })).toMatchObject({ status: 200 });
  expect((await app.post("/revoke", { token: pct, token_type_hint: "pct" })).status).toBe(200);
  expect(await presentedBy(app, await ticket(one), { pct })).toMatchObject({ error: "need_info" });
});
