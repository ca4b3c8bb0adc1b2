import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Ring, type Ringing, ringPerson } from "../../core/ring.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { fakeBrowser } from "../support/fake-browser.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";
import { pushService } from "../support/push-service.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let service: Awaited<ReturnType<typeof pushService>>;
let as: Ringing;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  vi.stubEnv("ALLOW_LOOPBACK", "true");
  service = await pushService();
  net = await network(exchange);
  const ports = await import("../../functions/ports.ts");
  const { pushSender } = await import("../../functions/push-ports.ts");
  const { deliveryQueue } = await import("../../functions/queue-ports.ts");
  as = { ...ports.exchange(process.env), push: pushSender(), deliveries: deliveryQueue(process.env) };
});
afterAll(async () => {
  service.close();
  await exchange.close();
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  exchange.pushes.length = 0;
  service.seen.length = 0;
  service.status = 201;
});
afterEach(() => {
  vi.useRealTimers();
});

const now = () => Math.floor(Date.now() / 1000);

/** Somebody with a phone of each platform and a browser, and their id, which only the table knows. */
async function someone() {
  const person = new June(exchange);
  const name = crypto.randomUUID();
  await person.createAccount(name);
  const browser = fakeBrowser(`${service.url}/push/${crypto.randomUUID()}`);
  const devices = [
    { platform: "FCM", token: `fcm-${name}` },
    { platform: "APNS", token: `apns-${name}` },
    { platform: "WEB", subscription: browser.subscription },
  ];
  for (const device of devices) expect((await person.call("POST", "/wallet/devices", device)).status).toBe(204);
  const documents = DynamoDBDocumentClient.from(exchange.dynamodb.client());
  const { Items = [] } = await documents.send(new ScanCommand({ TableName: exchange.tables.records }));
  const pk: string = Items.find(({ kind, value }) => kind === "person" && value.name === name)?.["pk"];
  return { person, browser, id: pk.slice("PERSON#".length) };
}
type Someone = Awaited<ReturnType<typeof someone>>;

const ask = async (person: June) => {
  const authorization_details = JSON.stringify([{ type: immunizations, actions: ["read"] }]);
  const form = { scope: "openid", login_hint: await person.code("app"), binding_message: "A", authorization_details };
  await answered(net.app.post("/bc-authorize", form));
  await exchange.settled();
};
/** What arrived on each device, and is forgotten. */
const arrived = ({ browser }: Someone) => {
  const phones = exchange.pushes.map(({ platform, payload }) =>
    platform === "FCM" ? payload.fcmV1Message.message.data : payload.fpx,
  );
  const browsers = service.seen.map(({ body }) => JSON.parse(browser.opened(body)));
  exchange.pushes.length = 0;
  service.seen.length = 0;
  return [...phones, ...browsers];
};
const opens = async (person: June, id: string) => answered(person.call("GET", `/wallet/notifications/${id}`));

describe("Ringing a person", () => {
  test("design §6 UX-50 something to look at rings every device; what it opens only the exchange says, and only to them", async () => {
    const june = await someone();
    await ask(june.person);
    arrived(june);
    const [{ id: consent }] = (await june.person.requests()) as unknown as [{ id: string }];
    const rings: readonly Ring[] = [
      { t: "n", exp: now() + 60, opens: "consent", id: consent, which: "reminder-1" },
      { t: "n", exp: now() + 60, opens: "account", id: june.id, which: "recovery-1" },
    ];
    const led = [{ opens: "consent", id: consent }, { opens: "account" }];
    for (const [n, ring] of rings.entries()) {
      expect(await ringPerson(as, june.id, ring)).toBe(3);
      await exchange.settled();
      const pushes = arrived(june);
      expect(pushes.map(({ v, t, exp }) => [String(v), t, String(exp)])).toEqual(
        Array(3).fill(["1", "n", String(ring.exp)]),
      );
      expect(new Set(pushes.map(({ id }) => id)).size).toBe(3);
      for (const { id } of pushes) {
        expect(await opens(june.person, id)).toEqual(led[n]);
        expect(await refusal(net.june.call("GET", `/wallet/notifications/${id}`))).toBe("404 not_found");
        expect(await refusal(june.person.call("GET", `/wallet/requests/${id}`))).toBe("404 not_found");
      }
    }
  });

  test("UX-52 about one thing a device has one id, whatever is said of it and however often; about another, another", async () => {
    const june = await someone();
    const ring = { exp: now() + 60, opens: "account", id: june.id, which: "a" } as const;
    const idsOf = async (next: Ring) => {
      await ringPerson(as, june.id, next);
      await exchange.settled();
      return arrived(june)
        .map(({ id }) => id)
        .sort();
    };
    const first = await idsOf({ ...ring, t: "n" });
    expect(await idsOf({ ...ring, t: "c", exp: ring.exp + 9 })).toEqual(first);
    const other = await idsOf({ ...ring, t: "n", which: "b" });
    expect(other.filter((id) => first.includes(id))).toEqual([]);
  });

  test("UX-50 a request's push leads to the request, at both addresses", async () => {
    const june = await someone();
    await ask(june.person);
    const [{ id: request }] = (await june.person.requests()) as unknown as [{ id: string }];
    for (const { id, t } of arrived(june)) {
      expect(t).toBe("r");
      expect(await opens(june.person, id)).toEqual({ opens: "request", id: request });
      expect(await june.person.screen(id)).toMatchObject({ id: request });
    }
  });

  test("what waits for a push service that is out of order is told no later than it is of use", async () => {
    const june = await someone();
    service.status = 503;
    await ringPerson(as, june.id, { t: "n", exp: now() + 8, opens: "account", id: june.id, which: "late" });
    await exchange.settled();
    expect(service.seen).toHaveLength(1);
    vi.setSystemTime(Date.now() + 60_000);
    exchange.deliver();
    await exchange.settled();
    expect(service.seen).toHaveLength(1);
    expect(exchange.nextDelivery()).toBe(Infinity);
  });
});
