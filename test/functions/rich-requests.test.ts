import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { grantType } from "../../protocol/oauth.ts";
import { backchannel } from "../support/backchannel.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { document, immunizations, link, network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { selfRegistered } from "../support/self-registered.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  await link(net.lakeside, await net.june.code("source"), document, ["view"]);
  await add(calendar);
  app = await net.client("With a ticket", { capabilities: [], capability_tickets: ["calendar"] });
});
afterAll(() => {
  vi.useRealTimers();
  return exchange.close();
});

const purpose = "immunization-calendar";
const calendar = {
  id: "calendar",
  capabilities: [
    { type: immunizations, actions: ["read", "subscribe"], purpose },
    { type: document, actions: ["view"], purpose },
  ],
};
const add = async (ticket: unknown) =>
  net.root.call("POST", "/operator/capability-tickets", await net.root.token("operate"), ticket);
const { ask } = backchannel(() => net);
const details = (...list: readonly object[]) => ({ authorization_details: JSON.stringify(list) });

/** What the screen asks for, by title, its actions and whether they are required. */
async function asked(response: Promise<Response>) {
  await answered(response);
  const screen = await net.june.waiting();
  expect((await net.june.decline(screen)).status).toBe(204);
  return screen.notice.asked.map(({ title, actions, sources }) => [
    title,
    actions.map(({ action, required }) => (required ? action : `${action}?`)).join(" "),
    sources.flatMap(({ name, usable }) => (usable ? [name.split(" ")[0]] : [])).sort(),
  ]);
}
const invited = async (more: Record<string, string | undefined>, party = app) =>
  ask({ login_hint: await net.june.code("app"), ...more }, party);

describe("Capability Tickets", () => {
  const whole = [
    ["Your immunization history", "read subscribe", ["Lakeside", "Provincial"]],
    ["A document", "view", ["Lakeside"]],
  ];
  test("RFC 9396 §2 {type: capability, id} asks for all that is in the ticket", async () => {
    expect(await asked(invited(details({ type: "capability", id: "calendar" })))).toEqual(whole);
  });
  test("RFC 6749 §3.3 its id is a scope value that means the same", async () => {
    const scope = "openid calendar";
    expect(await asked(invited({ scope, authorization_details: undefined }))).toEqual(whole);
  });
  test("what is in it can be asked by itself, required or optional", async () => {
    const one = { type: immunizations, actions: ["read"], optional_actions: ["subscribe"] };
    expect(await asked(invited(details(one)))).toEqual([
      ["Your immunization history", "read subscribe?", ["Lakeside", "Provincial"]],
    ]);
  });
  test("RFC 9396 §2.2 locations are the wish for all of it", async () => {
    const locations = ["https://clinic.test"];
    expect(await asked(invited(details({ type: "capability", id: "calendar", locations })))).toEqual([
      ["Your immunization history", "read subscribe", ["Lakeside"]],
      ["A document", "view", ["Lakeside"]],
    ]);
  });
  test("N-31 a Client may use only what its registration names, by either way", async () => {
    expect(await refusal(ask(details({ type: "capability", id: "calendar" })))).toBe(
      "400 invalid_authorization_details",
    );
    expect(await refusal(ask({ scope: "openid calendar", authorization_details: undefined }))).toBe(
      "400 invalid_scope",
    );
    const none = details({ type: "capability", id: "none" });
    expect(await refusal(invited(none))).toBe("400 invalid_authorization_details");
  });
  test("RFC 9396 §5 the ticket and a detail of it: one type and purpose asked twice", async () => {
    const both = details({ type: "capability", id: "calendar" }, { type: document, actions: ["view"] });
    expect(await refusal(invited(both))).toBe("400 invalid_authorization_details");
  });
  test("RFC 6749 §5.1, RFC 9396 §7 the answer says what it stands for, and its scope value narrows there", async () => {
    const capabilities = [{ type: immunizations, actions: ["read"], purpose: "other" }];
    await net.add("purposes", { purpose: "other", texts: { en: { text: "Another reason." } } });
    await add({ id: "documents", capabilities: calendar.capabilities.slice(1) });
    const both = await net.client("Both", { capabilities, capability_tickets: ["documents"] });
    const login_hint = await net.june.code("app");
    const question = { login_hint, authorization_details: undefined };
    const { auth_req_id } = await answered(
      ask({ ...question, scope: "openid documents immunization-history.read" }, both),
    );
    expect((await net.june.approve(await net.june.waiting())).status).toBe(200);
    const narrow = { grant_type: grantType.ciba, auth_req_id: String(auth_req_id), scope: "documents" };
    const tokens = await answered(both.post("/token", narrow));
    expect(tokens["scope"]).toBe("document.view");
    expect(tokens["authorization_details"]).toEqual([
      { type: document, actions: ["view"], purpose, locations: ["https://clinic.test"] },
    ]);
  });
});

describe("docs/operator.md Capability Tickets", () => {
  test("registered once with the same content; other content under its id is a conflict", async () => {
    expect((await add(calendar)).status).toBe(200);
    expect(await refusal(add({ ...calendar, capabilities: calendar.capabilities.slice(1) }))).toBe("409 conflict");
    const token = await net.root.token("operate");
    expect(await answered(net.root.call("GET", "/operator/capability-tickets/calendar", token))).toEqual(calendar);
    const listed = (await answered(net.root.call("GET", "/operator/capability-tickets", token)))["capability-tickets"];
    expect(listed).toContainEqual(calendar);
  });
  test.each([
    ["a name that is a scope value already", { ...calendar, id: "openid" }],
    ["a name that could be an action", { ...calendar, id: "document.view" }],
    ["an unknown action", { id: "a", capabilities: [{ type: document, actions: ["fly"], purpose }] }],
    ["an unknown purpose", { id: "a", capabilities: [{ type: document, actions: ["view"], purpose: "fun" }] }],
    ["nothing in it", { id: "a", capabilities: [] }],
    ["one kind twice", { id: "a", capabilities: [calendar.capabilities[1], calendar.capabilities[1]] }],
  ])("%s is refused", async (_, ticket) => {
    expect(await refusal(add(ticket))).toBe("400 invalid_client_metadata");
  });
  test("a registration that names one that is not there is refused", async () => {
    await expect(net.client("Lost", { capability_tickets: ["none"] })).rejects.toThrow("no capability ticket none");
  });
  test("RFC 7591 §3 an initial access token carries it; RFC 7592 §2.2 an update keeps it and cannot take more", async () => {
    const expires_at = Math.floor(Date.now() / 1000) + 600;
    const { send, jwks } = await selfRegistered(exchange, net);
    const grant = { capabilities: [], capability_tickets: ["calendar"], resource_server: false, expires_at };
    const initial = String((await net.add("initial-access-tokens", grant))["initial_access_token"]);
    const metadata = { client_name: "Self", jwks: await jwks(net.app.keys) };
    const registered = await answered(send("POST", "/register", initial, metadata));
    expect(registered).toMatchObject({ capabilities: [], capability_tickets: ["calendar"] });
    const { client_id, registration_access_token } = registered as Record<string, string>;
    const sent = { ...metadata, client_id, capability_tickets: ["everything"] };
    const path = `/register/${client_id}`;
    expect(await answered(send("PUT", path, String(registration_access_token), sent))).toMatchObject({
      capability_tickets: ["calendar"],
    });
  });
});

describe("RFC 9396 §10 metadata", () => {
  const types = async () => {
    const metadata = await answered(exchange.fetch(`${issuer}/.well-known/oauth-authorization-server`));
    return metadata["authorization_details_types_supported"];
  };
  test("authorization_details_types_supported is what the operator defined, at most a minute ago", async () => {
    expect(await types()).toEqual(["capability", document, immunizations]);
    const type = "https://fpx.example/definitions/balance";
    await net.add("definitions", {
      type,
      actions: { read: { en: { text: "Read it" } } },
      default_duration: "P1D",
      maximum_duration: "P1D",
      sensitivity: "financial",
      texts: { en: { title: "Balance", description: "One balance." } },
    });
    expect(await types()).toEqual(["capability", document, immunizations]);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
    expect(await types()).toEqual(["capability", type, document, immunizations]);
    vi.useRealTimers();
  });
  test("authorization_details_types of a registration: a Client that names some asks for no others", async () => {
    const authorization_details_types = [immunizations];
    const capabilities = [...calendar.capabilities];
    const strict = await net.client("Strict", { capabilities, authorization_details_types });
    expect((await ask(details({ type: immunizations, actions: ["read"] }), strict)).status).toBe(200);
    expect(await refusal(ask(details({ type: document, actions: ["view"] }), strict))).toBe(
      "400 invalid_authorization_details",
    );
    const token = await net.root.token("operate");
    expect(await answered(net.root.call("GET", `/operator/clients/${strict.clientId}`, token))).toMatchObject({
      authorization_details_types,
    });
    const unknown = { authorization_details_types: ["https://fpx.example/definitions/none"] };
    await expect(net.client("Lost", unknown)).rejects.toThrow("no definition");
  });
});
