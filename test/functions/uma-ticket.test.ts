import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, link, network } from "../support/network.ts";
import { answered, type Party } from "../support/parties.ts";
import { June } from "../support/person.ts";
import {
  claimed,
  ID_TOKEN,
  idTokenOf,
  presentedBy,
  registeredResource,
  ticketFor,
  UMA_TICKET,
} from "../support/ticket.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
let bob: June;
let chart: string;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  const grant_types = [UMA_TICKET, "urn:openid:params:grant-type:ciba", "refresh_token"];
  app = await net.client("Family Records", { grant_types });
  bob = new June(exchange, walletOrigin);
  await bob.createAccount("Bob");
  await link(net.lakeside, await bob.code("source"));
  chart = await registeredResource(net.lakeside, net.subs.get(net.lakeside) ?? "", {
    type: immunizations,
    resource_scopes: ["read", "subscribe"],
    name: "Chart 7",
  });
});
afterAll(() => exchange.close());

const read = () => ticketFor(net.lakeside, { resource_id: chart, resource_scopes: ["read"] });

describe("UMA Grant §3.3 Bob reads June's chart, once she says so", () => {
  test("§3.3.6 need_info, request_submitted, then a token for exactly that; refreshed without being assessed (§3.6)", async () => {
    const first = await read();
    const unknown = await presentedBy(app, first);
    expect(unknown).toMatchObject({
      status: 403,
      error: "need_info",
      required_claims: [{ claim_token_format: [ID_TOKEN, expect.any(String)], issuer: [exchange.issuer] }],
    });
    expect(unknown.ticket).not.toBe(first);

    const claims = claimed(await idTokenOf(exchange, bob, app));
    const asked = await presentedBy(app, unknown.ticket ?? "", claims);
    expect(asked).toMatchObject({ status: 403, error: "request_submitted", interval: 5 });
    const screen = await net.june.waiting();
    expect(screen.notice).toMatchObject({
      client: { name: "Family Records" },
      requestingParty: { name: "Bob", you: false },
      asked: [{ resources: ["Chart 7"], sources: [{ name: "Lakeside Family Clinic", usable: true }] }],
    });
    const polled = await presentedBy(app, asked.ticket ?? "");
    expect(polled).toMatchObject({ error: "request_submitted" });
    expect((await net.june.approve(screen)).status).toBe(200);

    const granted = await presentedBy(app, polled.ticket ?? "");
    expect(granted).toMatchObject({ status: 200, token_type: "DPoP", pct: expect.stringMatching(/^pct_/) });
    expect(granted).not.toHaveProperty("scope");
    const introspected = async (token: unknown) => answered(net.lakeside.post("/introspect", { token: String(token) }));
    expect(await introspected(granted["access_token"])).toMatchObject({
      active: true,
      sub: net.subs.get(net.lakeside),
      authorization_details: [{ type: immunizations, actions: ["read"], resource_ids: [chart] }],
    });
    const refreshed = await answered(
      app.post("/token", { grant_type: "refresh_token", refresh_token: String(granted["refresh_token"]) }),
    );
    expect(await introspected(refreshed["access_token"])).toMatchObject({ active: true });

    // What June has allowed grants at once: the PCT says that it is Bob again.
    const again = await presentedBy(app, await read(), { pct: String(granted["pct"]) });
    expect(again).toMatchObject({ status: 200 });
    expect(again).not.toHaveProperty("pct");
    // The Client never learned June's sub, and an event does not tell it (RFC 9493 §3.2.3).
    await net.june.withdraw(screen.id);
    expect(await answered(net.june.call("GET", `/wallet/consents/${screen.id}`))).toMatchObject({
      state: "ended",
      told: [{ name: "Lakeside Family Clinic" }],
    });
  });
});
