import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { protect } from "../../sdk/resource-server/protect.ts";
import { resourceServer } from "../../sdk/resource-server/resource-server.ts";
import { newJwkPair } from "../../sdk/signing-key.ts";
import { type AskingClient, askingClient, RESOURCE, request, TYPE } from "./asking-client.ts";
import { type FakeExchange, fakeExchange } from "./fake-exchange.ts";

let exchange: FakeExchange;
let client: AskingClient;
const { privateKey: key } = await newJwkPair("sig");

beforeAll(async () => {
  exchange = await fakeExchange();
  client = await askingClient(exchange);
});
beforeEach(() => {
  exchange.got.length = 0;
  exchange.on("/introspect", () => ({ json: client.active }));
  return () => vi.useRealTimers();
});
afterAll(() => exchange.close());

function endpoint(cacheSeconds?: number, action = "read") {
  const options = { issuer: exchange.issuer, client_id: "rs-1", key, resource: RESOURCE };
  const server = resourceServer({ ...options, ...(cacheSeconds !== undefined && { cacheSeconds }) });
  return protect(server, { type: TYPE, action })(() => new Response("records"));
}

async function statusOf(handler: ReturnType<typeof endpoint>, token: string): Promise<number> {
  const headers = { authorization: `DPoP ${token}`, dpop: await client.proof(token) };
  return (await handler(request(headers))).status;
}

const inactive = () => ({ json: { active: false } });

describe("RFC 7662 §4 answers are remembered for 3 s at most", () => {
  test("one question for one token within 3 s, and after a withdrawal no access later than that", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const handler = endpoint();
    const token = await client.token();
    expect(await statusOf(handler, token)).toBe(200);
    exchange.on("/introspect", inactive);
    vi.setSystemTime(Date.now() + 2_900);
    expect(await statusOf(handler, token)).toBe(200);
    expect(exchange.to("/introspect")).toHaveLength(1);
    vi.setSystemTime(Date.now() + 100);
    expect(await statusOf(handler, token)).toBe(401);
  });

  test("twenty requests at once share one question", async () => {
    const handler = endpoint();
    const token = await client.token();
    const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf(handler, token)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(exchange.to("/introspect")).toHaveLength(1);
  });

  test("inactive is not remembered: a consent that is resumed works at once", async () => {
    const handler = endpoint();
    const token = await client.token();
    exchange.on("/introspect", inactive);
    expect(await statusOf(handler, token)).toBe(401);
    exchange.on("/introspect", () => ({ json: client.active }));
    expect(await statusOf(handler, token)).toBe(200);
  });

  test("cacheSeconds 0 asks each time, more than 3 is a mistake", async () => {
    const handler = endpoint(0);
    const token = await client.token();
    await statusOf(handler, token);
    await statusOf(handler, token);
    expect(exchange.to("/introspect")).toHaveLength(2);
    expect(() => endpoint(3.1)).toThrow(RangeError);
    expect(() => endpoint(Number.NaN)).toThrow(RangeError);
  });
});

describe("RFC 7662 §2.2 no answer is no access", () => {
  test.each([
    ["a server error", { status: 500, json: { error: "server_error" } }],
    ["refused client authentication", { status: 401, json: { error: "invalid_client" } }],
    ["no JSON object", { json: [] }],
    ["no member active", { json: {} }],
  ])("%s is 503 with Retry-After, and the next question is asked anew", async (_, answer) => {
    const handler = endpoint();
    const token = await client.token();
    exchange.on("/introspect", () => answer);
    const headers = { authorization: `DPoP ${token}`, dpop: await client.proof(token) };
    const response = await handler(request(headers));
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("1");
    exchange.on("/introspect", () => ({ json: client.active }));
    expect(await statusOf(handler, token)).toBe(200);
  });

  test("an exchange that is not there is 503", async () => {
    const gone = await fakeExchange();
    const theirs = await askingClient(gone);
    const server = resourceServer({ issuer: gone.issuer, client_id: "rs-1", key, resource: RESOURCE });
    const handler = protect(server, { type: TYPE, action: "read" })(() => new Response("records"));
    const token = await theirs.token();
    await gone.close();
    const headers = { authorization: `DPoP ${token}`, dpop: await theirs.proof(token) };
    expect((await handler(request(headers))).status).toBe(503);
  });

  test("an answer about another key is no access", async () => {
    exchange.on("/introspect", () => ({ json: { ...client.active, cnf: { jkt: "another" } } }));
    expect(await statusOf(endpoint(), await client.token())).toBe(401);
  });
});

test("RFC 6750 §3.1 an action that was not granted is insufficient_scope, and the scope is named", async () => {
  const token = await client.token();
  const headers = { authorization: `DPoP ${token}`, dpop: await client.proof(token) };
  const response = await endpoint(3, "subscribe")(request(headers));
  expect(response.status).toBe(403);
  expect(response.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
  expect(response.headers.get("www-authenticate")).toContain('scope="immunization-history.subscribe"');
});
