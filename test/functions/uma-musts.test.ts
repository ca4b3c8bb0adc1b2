import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, link, network } from "../support/network.ts";
import { answered, keyPair, type Party, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";
import { Browser, stopped } from "../support/redirect.ts";
import { selfRegistered } from "../support/self-registered.ts";
import { claimed, idTokenOf, presentedBy, registeredResource, ticketFor, UMA_TICKET } from "../support/ticket.ts";

/** What the two specifications demand of the exchange beyond the flows that the other tests walk through. */
let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
let owner: string;
let chart: string;
let bob: string;
const both = "https://app.test/both";
const claimsOnly = "https://app.test/claims";
const codesOnly = "https://app.test/codes";
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  const grant_types = [UMA_TICKET, "urn:openid:params:grant-type:ciba", "authorization_code", "refresh_token"];
  app = await net.client("Family Records", {
    grant_types,
    redirect_uris: [codesOnly, both],
    claims_redirect_uris: [claimsOnly, both],
  });
  owner = net.subs.get(net.lakeside) ?? "";
  chart = await registeredResource(net.lakeside, owner, {
    type: immunizations,
    resource_scopes: ["read", "subscribe"],
    name: "Chart 7",
  });
  const person = new June(exchange, walletOrigin);
  await person.createAccount("Bob");
  await link(net.lakeside, await person.code("source"));
  bob = await idTokenOf(exchange, person, app);
});
afterAll(() => exchange.close());

const pat = () => net.lakeside.token("uma_protection");
const ticket = (resource_scopes = ["read"]) => ticketFor(net.lakeside, { resource_id: chart, resource_scopes });
const claims = async (parameters: Record<string, string>, client_id = app.clientId) =>
  new Browser(exchange).open(
    `${issuer}/claims?${new URLSearchParams({ client_id, ticket: await ticket(), state: "s", ...parameters })}`,
  );

describe("UMA Grant §2 registration of claims_redirect_uris", () => {
  const metadata = (...claims_redirect_uris: readonly string[]) => ({
    grant_types: [UMA_TICKET],
    claims_redirect_uris,
  });

  test("a Client that registers itself registers them, too", async () => {
    const { registered } = await selfRegistered(exchange, net);
    expect((await registered(metadata(claimsOnly, both))).metadata).toMatchObject(metadata(claimsOnly, both));
  });

  test("UMA Grant §3.3.2 a URI that is relative, or has a fragment, is refused", async () => {
    const { register, jwks } = await selfRegistered(exchange, net);
    const party = { client_name: "Reader", jwks: await jwks(await keyPair()) };
    for (const uri of ["/claims", "claims", "https://app.test/claims#here", "javascript:alert(1)"])
      expect(await refusal(register({ ...party, ...metadata(uri) }))).toBe("400 invalid_redirect_uri");
  });
});

describe("UMA Grant §3.3.2 where a requesting party is sent back to", () => {
  test("never to a redirect_uri that is not registered for claims, too", async () => {
    expect(await claims({ claims_redirect_uri: codesOnly })).toBe(stopped("flow"));
    expect(await claims({ claims_redirect_uri: both })).toMatch(`${walletOrigin}/#/claims/`);
  });

  test("the one that is registered, where none is named", async () => {
    const single = await net.client("Single", { grant_types: [UMA_TICKET], claims_redirect_uris: [claimsOnly] });
    expect(await claims({}, single.clientId)).toMatch(`${walletOrigin}/#/claims/`);
    expect(await claims({ ticket: "ticket_spent" }, single.clientId)).toBe(
      `${claimsOnly}?error=invalid_request&state=s`,
    );
  });
});

describe("UMA Grant §3.3.6 need_info", () => {
  test("has at least one hint: for a Client without a claims_redirect_uri the claims that are required", async () => {
    const pushing = await net.client("Pushing", { grant_types: [UMA_TICKET] });
    const answer = await presentedBy(pushing, await ticket());
    expect(answer).toMatchObject({ status: 403, error: "need_info", required_claims: [expect.any(Object)] });
    expect(answer).not.toHaveProperty("redirect_user");
  });

  test("UMA Grant §3.3.1 without a ticket, or without the grant in its registration, nothing begins", async () => {
    expect(await refusal(app.post("/token", { grant_type: UMA_TICKET }))).toBe("400 invalid_request");
    expect(await presentedBy(net.app, await ticket())).toMatchObject({ status: 400, error: "unauthorized_client" });
  });
});

test("UMA Grant §3.3.5 a PCT tells its holder nothing and is another each time; UMA Grant §3.3.4 a ticket without scopes asks for what the Client says", async () => {
  const bare = await presentedBy(app, await ticket([]), claimed(bob));
  expect(bare).toMatchObject({ status: 400, error: "invalid_scope" });
  const asked = await presentedBy(app, await ticket([]), { ...claimed(bob), scope: "read" });
  expect(asked).toMatchObject({ status: 403, error: "request_submitted" });
  await net.june.approve(await net.june.waiting());
  const granted = [await presentedBy(app, asked.ticket ?? "", { scope: "read" })];
  granted.push(await presentedBy(app, await ticket(), claimed(bob)));
  const [first, second] = granted.map(({ pct }) => String(pct));
  expect(first).toMatch(/^pct_[\w-]{60,}$/);
  expect(second).toMatch(/^pct_/);
  expect(second).not.toBe(first);
  expect(Buffer.from(first?.split("_")[1] ?? "", "base64url").toString("latin1")).not.toMatch(/Bob|Family|person/);
});

describe("UMA FedAuthz §3.2 the resource registration endpoint", () => {
  const body = { resource_owner: "", type: immunizations, resource_scopes: ["read"] };

  test.each([
    ["POST", () => "/rreg"],
    ["GET", () => "/rreg?resource_owner=x"],
    ["GET", () => `/rreg/${chart}`],
    ["PUT", () => `/rreg/${chart}`],
    ["DELETE", () => `/rreg/${chart}`],
  ])("UMA FedAuthz §1.3 %s without a valid PAT is 401", async (method, path) => {
    const withBody = method === "POST" || method === "PUT" ? { body: JSON.stringify(body) } : {};
    const headers = { "content-type": "application/json" };
    expect((await exchange.fetch(issuer + path(), { method, headers, ...withBody })).status).toBe(401);
    const another = await net.lakeside.call(
      method,
      path(),
      "eyJhbGciOiJFUzI1NiJ9.e30.c2ln",
      "body" in withBody ? body : undefined,
    );
    expect(another.status).toBe(401);
  });

  test("a method it does not know is 405 unsupported_method_type, with Allow", async () => {
    const patched = await net.lakeside.call("PATCH", "/rreg", await pat(), {});
    expect([patched.status, patched.headers.get("allow")]).toEqual([405, "POST, GET"]);
    expect(await patched.json()).toMatchObject({ error: "unsupported_method_type" });
  });

  test("UMA FedAuthz §3.2.3 an update replaces the whole description", async () => {
    const id = await registeredResource(net.lakeside, owner, {
      type: immunizations,
      resource_scopes: ["read"],
      name: "Chart 8",
      description: "Eight",
    });
    await answered(
      net.lakeside.call("PUT", `/rreg/${id}`, await pat(), { type: immunizations, resource_scopes: ["read"] }),
    );
    const read = await answered(net.lakeside.call("GET", `/rreg/${id}`, await pat()));
    expect(Object.keys(read).sort()).toEqual(["_id", "resource_owner", "resource_scopes", "type"]);
  });

  test("UMA FedAuthz §6 a parameter that is missing, invalid or there twice is 400 invalid_request", async () => {
    const token = await pat();
    const bad = [
      { resource_owner: owner, type: immunizations },
      { ...body, resource_owner: owner, resource_scopes: "read" },
      "x",
    ];
    for (const description of bad)
      expect(await refusal(net.lakeside.call("POST", "/rreg", token, description))).toBe("400 invalid_request");
    const headers = {
      authorization: `DPoP ${token}`,
      dpop: await net.lakeside.proof("POST", `${issuer}/rreg`, { token }),
      "content-type": "application/json",
    };
    const twice = `{"resource_owner":"${owner}","type":"${immunizations}","resource_scopes":["read"],"resource_scopes":["subscribe"]}`;
    expect(await refusal(exchange.fetch(`${issuer}/rreg`, { method: "POST", headers, body: twice }))).toBe(
      "400 invalid_request",
    );
  });
});
