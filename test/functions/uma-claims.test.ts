import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, link, network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";
import { Browser, stopped } from "../support/redirect.ts";
import { presentedBy, registeredResource, ticketFor, UMA_TICKET } from "../support/ticket.ts";

const claims_redirect_uri = "https://app.test/claims?tenant=1";
const plain_uri = "https://app.test/plain";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
let bob: June;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  const grant_types = [UMA_TICKET, "refresh_token"];
  app = await net.client("Family Records", { grant_types, claims_redirect_uris: [claims_redirect_uri, plain_uri] });
  bob = new June(exchange, walletOrigin);
  await bob.createAccount("Bob");
});
afterAll(() => exchange.close());

async function owned() {
  const owner = new June(exchange, walletOrigin);
  await owner.createAccount("Olga");
  const sub = await link(net.lakeside, await owner.code("source"));
  const id = await registeredResource(net.lakeside, sub, { type: immunizations, resource_scopes: ["read"] });
  const ticket = () => ticketFor(net.lakeside, { resource_id: id, resource_scopes: ["read"] });
  return { owner, ticket };
}

const claimsUrl = (parameters: Record<string, string>) => `${issuer}/claims?${new URLSearchParams(parameters)}`;
const good = (ticket: string) => ({ client_id: app.clientId, ticket, claims_redirect_uri, state: "s 1" });
const gatheringIn = (location: string) => location.slice(`${walletOrigin}/#/claims/`.length);

/** Sent to the claims interaction endpoint, and what the Wallet opens with. */
async function sent(ticket: string, browser = new Browser(exchange)) {
  const location = await browser.open(claimsUrl(good(ticket)));
  expect(location.startsWith(`${walletOrigin}/#/claims/`)).toBe(true);
  return { browser, gathering: gatheringIn(location) };
}

describe("UMA Grant §3.3.2 claims interaction", () => {
  test("§3.3.3 Bob says who he is and goes back with a new ticket; the owner is asked and told his name", async () => {
    const { owner, ticket } = await owned();
    const first = await presentedBy(app, await ticket());
    expect(first).toMatchObject({ error: "need_info", redirect_user: `${issuer}/claims` });
    const { browser, gathering } = await sent(first.ticket ?? "");
    expect(await answered(bob.call("GET", `/wallet/claims/${gathering}`))).toEqual({
      client: "Family Records",
      source: "Lakeside Family Clinic",
      owner: false,
      name: "Bob",
    });
    const { continueAt } = await answered(bob.call("POST", `/wallet/claims/${gathering}`));
    const back = new URL(await browser.open(String(continueAt)));
    expect(back.href.startsWith(`${claims_redirect_uri}&`)).toBe(true);
    expect([...back.searchParams.keys()]).toEqual(["tenant", "ticket", "state"]);
    expect(back.searchParams.get("state")).toBe("s 1");
    const next = back.searchParams.get("ticket") ?? "";
    expect(next).not.toBe(first.ticket);

    const asked = await presentedBy(app, next);
    expect(asked.error).toBe("request_submitted");
    const screen = await owner.waiting();
    expect(screen.notice.requestingParty).toMatchObject({ you: false, name: "Bob", at: expect.any(Number) });
    await owner.approve(screen);
    expect(await presentedBy(app, asked.ticket ?? "")).toMatchObject({ status: 200, token_type: "DPoP" });
  });

  test("design §2 the owner herself answers the request at once, and nothing rings; without need_info before, too", async () => {
    const { owner, ticket } = await owned();
    await owner.call("POST", "/wallet/devices", { platform: "APNS", token: "a".repeat(64) });
    const { browser, gathering } = await sent(await ticket());
    const taken = await answered(owner.call("POST", `/wallet/claims/${gathering}`));
    const screen = await owner.screen(String(taken["id"]));
    expect(screen.notice.requestingParty).toMatchObject({ you: true });
    const { continueAt } = await answered(owner.approve(screen));
    await exchange.settled();
    expect(exchange.pushes).toEqual([]);
    const back = new URL(await browser.open(String(continueAt)));
    expect(await presentedBy(app, back.searchParams.get("ticket") ?? "")).toMatchObject({ status: 200 });
  });

  test("§3.3.6 the owner's own no, and a no to saying who one is, are told to the Client", async () => {
    const { owner, ticket } = await owned();
    const mine = await sent(await ticket());
    const taken = await answered(owner.call("POST", `/wallet/claims/${mine.gathering}`));
    const { continueAt } = await answered(owner.decline(await owner.screen(String(taken["id"]))));
    const back = new URL(await mine.browser.open(String(continueAt)));
    expect(await presentedBy(app, back.searchParams.get("ticket") ?? "")).toMatchObject({ error: "request_denied" });

    const his = await sent(await ticket());
    const refused = await answered(bob.call("POST", `/wallet/claims/${his.gathering}/refuse`));
    const told = new URL(await his.browser.open(String(refused["continueAt"])));
    expect(Object.fromEntries(told.searchParams)).toEqual({ tenant: "1", error: "access_denied", state: "s 1" });
  });

  test("N-66 what is not registered byte for byte is a page of ours, never a redirect", async () => {
    const { ticket } = await owned();
    const unregistered = [
      "https://app.test/claims",
      "https://app.test/plain/",
      "https://evil.test/",
      "http://app.test/plain",
    ];
    for (const claims_redirect_uri of unregistered)
      expect(await new Browser(exchange).open(claimsUrl({ ...good(await ticket()), claims_redirect_uri }))).toBe(
        stopped("flow"),
      );
    const { claims_redirect_uri: _, ...unnamed } = good(await ticket());
    expect(await new Browser(exchange).open(claimsUrl(unnamed))).toBe(stopped("flow"));
    const stranger = { ...good(await ticket()), client_id: "client_nobody" };
    expect(await new Browser(exchange).open(claimsUrl(stranger))).toBe(stopped("app"));
    const foreign = { ...good(await ticket()), client_id: net.app.clientId };
    expect(await new Browser(exchange).open(claimsUrl(foreign))).toBe(stopped("flow"));
  });

  test("§3.3.3 a spent or unknown ticket is told to the Client by error; a state comes back if and only if it was sent", async () => {
    const { ticket } = await owned();
    const spent = await ticket();
    await sent(spent);
    const location = new URL(await new Browser(exchange).open(claimsUrl(good(spent))));
    expect(Object.fromEntries(location.searchParams)).toEqual({ tenant: "1", error: "invalid_request", state: "s 1" });
    const { state: _, ...stateless } = { ...good("ticket_garbage"), claims_redirect_uri: plain_uri };
    expect(await new Browser(exchange).open(claimsUrl(stateless))).toBe(`${plain_uri}?error=invalid_request`);
  });

  test("N-63, §5.5 the claims endpoint spends the ticket: the token endpoint takes it no more, and loading the page again goes on", async () => {
    const { ticket } = await owned();
    const spent = await ticket();
    const { browser } = await sent(spent);
    expect(await presentedBy(app, spent)).toMatchObject({ status: 400, error: "invalid_grant" });
    await sent(spent, browser);
  });

  test("N-67 Carlos does not complete what Bob began, and another browser gets nothing (§5.1)", async () => {
    const { ticket } = await owned();
    const { browser, gathering } = await sent(await ticket());
    const { continueAt } = await answered(bob.call("POST", `/wallet/claims/${gathering}`));
    expect(await new Browser(exchange).open(String(continueAt))).toBe(stopped("browser"));
    const carlos = new June(exchange, walletOrigin);
    await carlos.createAccount("Carlos");
    expect(await refusal(carlos.call("POST", `/wallet/claims/${gathering}`))).toBe("410 taken");
    const back = new URL(await browser.open(String(continueAt)));
    const again = await sent(back.searchParams.get("ticket") ?? "");
    expect(await refusal(carlos.call("POST", `/wallet/claims/${again.gathering}`))).toBe("410 taken");
    expect(await browser.open(String(continueAt))).toBe(stopped("used"));
  });

  test("N-74 no session, no answer; another handle is none", async () => {
    const { ticket } = await owned();
    const { gathering } = await sent(await ticket());
    expect((await new June(exchange, walletOrigin).call("POST", `/wallet/claims/${gathering}`)).status).toBe(401);
    expect((await bob.call("POST", `/wallet/claims/${gathering}x`)).status).toBe(404);
  });
});
