import type { IncomingHttpHeaders } from "node:http";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { importJWK, jwtVerify } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { fakeBrowser } from "../support/fake-browser.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";
import { pushService } from "../support/push-service.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let service: Awaited<ReturnType<typeof pushService>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  vi.stubEnv("ALLOW_LOOPBACK", "true");
  service = await pushService();
  net = await network(exchange);
});
afterAll(async () => {
  service.close();
  await exchange.close();
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  service.seen.length = 0;
  service.status = 201;
  service.headers = {};
});
afterEach(() => {
  vi.useRealTimers();
});

async function someone(name = "June") {
  const person = new June(exchange);
  await person.createAccount(name);
  return person;
}
const register = (person: June, subscription: object) =>
  person.call("POST", "/wallet/devices", { platform: "WEB", subscription });
/** Somebody with a browser that rings. */
async function ringing() {
  const person = await someone();
  const browser = fakeBrowser(`${service.url}/push/${crypto.randomUUID()}`);
  expect((await register(person, browser.subscription)).status).toBe(204);
  return { person, browser, path: new URL(browser.subscription.endpoint).pathname };
}
const ask = async (person: June) => {
  const authorization_details = JSON.stringify([{ type: immunizations, actions: ["read"] }]);
  const form = { scope: "openid", login_hint: await person.code("app"), binding_message: "A", authorization_details };
  await answered(net.app.post("/bc-authorize", form));
  await exchange.settled();
};
const next = async () => {
  vi.setSystemTime(exchange.nextDelivery());
  exchange.deliver();
  await exchange.settled();
};
describe("Web Push", () => {
  test("RFC 8291 §4 RFC 8030 §5 UX-52 the browser opens {v,id,t,exp} and nothing else; TTL is the remaining life", async () => {
    const { person, browser } = await ringing();
    await ask(person);
    const [push, ...more] = service.seen;
    expect(more).toEqual([]);
    const data = JSON.parse(browser.opened(push?.body ?? Buffer.of()));
    expect(Object.keys(data)).toEqual(["v", "id", "t", "exp"]);
    expect(data).toMatchObject({ v: 1, t: "r" });
    expect(push?.headers).toMatchObject({ "content-encoding": "aes128gcm", urgency: "high" });
    expect(push?.headers["topic"]).toMatch(/^[\w-]{32}$/);
    expect(Math.abs(Number(push?.headers["ttl"]) - (data.exp - Date.now() / 1000))).toBeLessThan(2);
    expect(await person.screen(data.id)).toMatchObject({ notice: { client: { name: "My Immunizations" } } });
    expect((await net.june.call("GET", `/wallet/requests/${data.id}`)).status).toBe(404);
  });

  test("RFC 8292 §2 §3.2 the push service learns who sends, by a token for it alone and the key the browser subscribed with", async () => {
    const { person } = await ringing();
    const { applicationServerKey } = await answered(person.call("GET", "/wallet/devices/key"));
    await ask(person);
    const [, token = "", key = ""] =
      /^vapid t=(.+), k=(.+)$/.exec(String(service.seen[0]?.headers.authorization)) ?? [];
    expect(key).toBe(applicationServerKey);
    const point = Buffer.from(key, "base64url");
    expect(point).toHaveLength(65);
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString("base64url"));
    const publicKey = await importJWK({ kty: "EC", crv: "P-256", x: String(x), y: String(y) }, "ES256");
    const { payload, protectedHeader } = await jwtVerify(token, publicKey, { audience: service.url });
    expect(protectedHeader).toEqual({ typ: "JWT", alg: "ES256" });
    expect(payload.sub).toBe(issuer);
    expect(Number(payload.exp) - Date.now() / 1000).toBeLessThanOrEqual(86_400);
  });

  test("N-77 forty pushes to four browsers: equal but for id and exp, of one length, and no name in any", async () => {
    const all = await Promise.all([ringing(), ringing(), ringing(), ringing()]);
    for (let round = 0; round < 10; round++) for (const { person } of all) await ask(person);
    expect(service.seen).toHaveLength(40);
    const plain = service.seen.map(
      ({ path, body }) => all.find((one) => one.path === path)?.browser.opened(body) ?? "",
    );
    const shape = (text: string) => JSON.stringify({ ...JSON.parse(text), id: "", exp: 0 });
    expect(new Set(plain.map((text) => text.length))).toEqual(new Set([512]));
    expect(new Set(plain.map(shape))).toEqual(new Set(['{"v":1,"id":"","t":"r","exp":0}']));
    expect(new Set(plain.map((text) => JSON.parse(text).id))).toHaveLength(40);
    expect(new Set(service.seen.map(({ body }) => body.length))).toHaveLength(1);
    const envelope = ({ authorization: _, topic: __, ttl: ___, ...rest }: IncomingHttpHeaders) => JSON.stringify(rest);
    expect(new Set(service.seen.map(({ headers }) => envelope(headers)))).toHaveLength(1);
    expect(new Set(service.seen.map(({ headers }) => headers["topic"]))).toHaveLength(40);
    expect(plain.join()).not.toMatch(/immuni|June/i);
  });

  test("N-75 UX-58 a browser registered by another person never again rings for the first", async () => {
    const { person: first, browser } = await ringing();
    const second = await someone("Ann");
    expect((await register(second, browser.subscription)).status).toBe(204);
    await ask(first);
    expect(service.seen).toEqual([]);
    await ask(second);
    expect(service.seen).toHaveLength(1);
  });

  test("N-75 nor does one that changed hands while a push for the first was waiting", async () => {
    const { person: first, browser } = await ringing();
    service.status = 503;
    await ask(first);
    expect(service.seen).toHaveLength(1);
    service.status = 201;
    expect((await register(await someone("Ann"), browser.subscription)).status).toBe(204);
    await next();
    expect(service.seen).toHaveLength(1);
    expect(exchange.nextDelivery()).toBe(Infinity);
  });

  test.each([404, 410])(
    "UX-53 RFC 8030 §7.3 %d from the push service: the browser is no device any more",
    async (gone) => {
      const { person, browser } = await ringing();
      service.status = gone;
      await ask(person);
      service.status = 201;
      await ask(person);
      expect(service.seen).toHaveLength(1);
      expect(exchange.nextDelivery()).toBe(Infinity);
      expect((await register(person, browser.subscription)).status).toBe(204);
      await ask(person);
      expect(service.seen).toHaveLength(2);
    },
  );

  test("UX-52 RFC 8030 §5.4 a push service out of order is asked again with the same Topic, until the request is answered", async () => {
    const { person } = await ringing();
    service.status = 429;
    await ask(person);
    service.status = 500;
    await next();
    expect(service.seen).toHaveLength(2);
    expect(new Set(service.seen.map(({ headers }) => headers["topic"]))).toHaveLength(1);
    await person.decline(await person.waiting());
    await next();
    expect(service.seen).toHaveLength(2);
    expect(exchange.nextDelivery()).toBe(Infinity);
  });

  test("RFC 9110 §10.2.3 a push service that names a time is not asked before it, nor is one waited for past the end", async () => {
    const { person } = await ringing();
    Object.assign(service, { status: 429, headers: { "retry-after": "120" } });
    await ask(person);
    expect(exchange.nextDelivery() - Date.now()).toBe(120_000);
    service.headers = { "retry-after": new Date(exchange.nextDelivery() + 61_000).toUTCString() };
    await next();
    expect(exchange.nextDelivery() - Date.now()).toBeGreaterThan(60_000);
    expect(exchange.nextDelivery() - Date.now()).toBeLessThanOrEqual(61_000);
    service.headers = { "retry-after": "999999" };
    await next();
    const [{ expiresAt }] = (await person.requests()) as unknown as [{ expiresAt: number }];
    expect(Math.abs(exchange.nextDelivery() - expiresAt * 1_000)).toBeLessThanOrEqual(1_000);
    await next();
    expect(service.seen).toHaveLength(3);
    expect(exchange.nextDelivery()).toBe(Infinity);
  });

  test("a push service that is dead holds up no other", async () => {
    const { person } = await ringing();
    const dead = fakeBrowser("http://localhost:9/push/nobody");
    expect((await register(person, dead.subscription)).status).toBe(204);
    await ask(person);
    expect(service.seen).toHaveLength(1);
    expect(exchange.nextDelivery()).toBeLessThan(Infinity);
    await person.decline(await person.waiting());
    await next();
    expect(exchange.nextDelivery()).toBe(Infinity);
  });

  test("N-80 a subscription whose address leads inside, or that nothing can be encrypted to, is no device", async () => {
    const person = await someone();
    const { keys } = fakeBrowser("https://push.test/1").subscription;
    const wrong = [
      { endpoint: "http://push.test/1", keys },
      { endpoint: "https://169.254.169.254/latest", keys },
      { endpoint: "https://user:word@push.test/1", keys },
      { endpoint: "javascript:alert(1)", keys },
      { endpoint: "https://push.test/1", keys: { ...keys, p256dh: `B${"A".repeat(86)}` } },
      { endpoint: "https://push.test/1", keys: { ...keys, auth: "short" } },
      { endpoint: `https://push.test/${"1".repeat(1_024)}`, keys },
    ];
    for (const subscription of wrong) expect(await refusal(register(person, subscription))).toBe("400 invalid_request");
  });

  test("what is kept of a browser is sealed: the table has no address anyone could send to", async () => {
    const { browser } = await ringing();
    const documents = DynamoDBDocumentClient.from(exchange.dynamodb.client());
    const { Items } = await documents.send(new ScanCommand({ TableName: exchange.tables.records }));
    const kept = JSON.stringify(Items);
    expect(kept).toContain("subscription_r1");
    expect(kept).not.toContain(browser.subscription.endpoint);
    expect(kept).not.toContain(browser.subscription.keys.auth);
  });
});
