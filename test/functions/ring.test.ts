import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Ring } from "../../core/push.ts";
import { type Ringing, ringPerson } from "../../core/ring.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { fakeBrowser } from "../support/fake-browser.ts";
import { immunizations, link, network } from "../support/network.ts";
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

/** Until nothing waits: on a machine that is very busy an attempt may run out of time, and comes again. */
const drained = async () => {
  await exchange.settled();
  while (exchange.nextDelivery() < Infinity) {
    vi.setSystemTime(exchange.nextDelivery());
    exchange.deliver();
    await exchange.settled();
  }
};

const now = () => Math.floor(Date.now() / 1000);

/** Somebody with a phone of each platform and a browser, and their id, which only the table knows. */
async function someone() {
  const person = new June(exchange);
  const name = crypto.randomUUID();
  await person.createAccount(name);
  await link(net.lakeside, await person.code("source"));
  const browser = fakeBrowser(`${service.url}/push/${crypto.randomUUID()}`);
  const devices = [
    { platform: "FCM", token: `fcm-${name}` },
    { platform: "APNS", token: `apns-${name}` },
    { platform: "WEB", subscription: browser.subscription },
  ];
  for (const device of devices) expect((await person.call("POST", "/wallet/devices", device)).status).toBe(204);
  const { Items = [] } = await documents().send(new ScanCommand({ TableName: exchange.tables.records }));
  const pk: string = Items.find(({ kind, value }) => kind === "person" && value.name === name)?.["pk"];
  return { person, name, browser, id: pk.slice("PERSON#".length) };
}
type Someone = Awaited<ReturnType<typeof someone>>;

const ask = async (person: June) => {
  const authorization_details = JSON.stringify([{ type: immunizations, actions: ["read"] }]);
  const form = { scope: "openid", login_hint: await person.code("app"), binding_message: "A", authorization_details };
  await answered(net.app.post("/bc-authorize", form));
  await (service.status === 201 ? drained() : exchange.settled());
};
/** What arrived on each of their devices, and is forgotten. */
const arrived = ({ browser, name }: Someone) => {
  const phones = exchange.pushes
    .filter(({ token }) => token.endsWith(name))
    .map(({ platform, payload }) => (platform === "FCM" ? payload.fcmV1Message.message.data : payload.fpx));
  const browsers = service.seen
    .filter(({ path }) => browser.subscription.endpoint.endsWith(path))
    .map(({ body }) => JSON.parse(browser.opened(body)));
  exchange.pushes.length = 0;
  service.seen.length = 0;
  // One that was given up for lost may have arrived all the same.
  return [...new Map([...phones, ...browsers].map((data) => [`${data.t} ${data.id}`, data])).values()];
};
const opens = async (person: June, id: string) => answered(person.call("GET", `/wallet/notifications/${id}`));

const documents = () => DynamoDBDocumentClient.from(exchange.dynamodb.client());
/** Of every device of a person: how its rings went, newest first. */
const rungOn = async ({ id }: Someone) => {
  const { Items = [] } = await documents().send(new ScanCommand({ TableName: exchange.tables.records }));
  const devices = Items.filter(({ kind, value }) => kind === "device" && value.personId === id);
  return devices.map(({ value }) => (value.rung ?? []).map(({ result }: { result: string }) => result));
};
const clock = async (to: number) => {
  vi.setSystemTime(to * 1_000);
  await (await import("../../functions/due.ts")).handler();
  await exchange.settled();
};

describe("Ringing a person", () => {
  test("design §6 UX-50 something to look at rings every device; what it opens only the exchange says, and only to them", async () => {
    const june = await someone();
    await ask(june.person);
    arrived(june);
    const [{ id: consent }] = (await june.person.requests()) as unknown as [{ id: string }];
    const rings: readonly Ring[] = [
      { t: "n", exp: now() + 3_600, opens: "consent", id: consent, which: "reminder-1" },
      { t: "n", exp: now() + 3_600, opens: "account", id: june.id, which: "recovery-1" },
    ];
    const led = [{ opens: "consent", id: consent }, { opens: "account" }];
    for (const [n, ring] of rings.entries()) {
      expect(await ringPerson(as, june.id, ring)).toBe(3);
      await drained();
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
    const ring = { exp: now() + 3_600, opens: "account", id: june.id, which: "a" } as const;
    const idsOf = async (next: Ring) => {
      await ringPerson(as, june.id, next);
      await drained();
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

describe("UX-60 answered elsewhere", () => {
  test.each<[string, (june: Someone) => Promise<unknown>]>([
    ["approved", async ({ person }) => person.approve(await person.waiting())],
    ["declined", async ({ person }) => person.decline(await person.waiting())],
    ["not started by her", async ({ person }) => person.decline(await person.waiting(), true)],
    ["run out", async ({ person }) => clock((await person.waiting()).expiresAt + 1)],
  ])("%s: each device that rang is told, once, to clear what rang", async (_, answer) => {
    const june = await someone();
    await ask(june.person);
    const rung = arrived(june);
    expect(rung.map(({ t }) => t)).toEqual(["r", "r", "r"]);
    await answer(june);
    await drained();
    const cleared = arrived(june);
    expect(cleared.map(({ t }) => t)).toEqual(["c", "c", "c"]);
    const ids = (pushes: typeof rung) => pushes.map(({ id }) => id).sort();
    expect(ids(cleared)).toEqual(ids(rung));
    for (const { exp } of cleared) expect(Number(exp)).toBeGreaterThan(now());
  });

  test("a device that did not ring, by quiet hours or because it is new, has nothing to clear; nor has any when a consent ends later", async () => {
    const june = await someone();
    await ask(june.person);
    arrived(june);
    const token = `fcm-new-${june.name}`;
    expect((await june.person.call("POST", "/wallet/devices", { platform: "FCM", token })).status).toBe(204);
    const { id } = await answered(june.person.approve(await june.person.waiting()));
    await drained();
    expect(exchange.pushes.map((push) => push.token)).not.toContain(token);
    expect(arrived(june)).toHaveLength(3);
    await answered(june.person.call("POST", `/wallet/consents/${id}/withdraw`));
    await drained();
    expect(arrived(june)).toEqual([]);
  });

  test("a browser whose push service comes back after the answer hears of neither", async () => {
    const june = await someone();
    service.status = 503;
    await ask(june.person);
    expect(arrived(june).map(({ t }) => t)).toEqual(["r", "r", "r"]);
    await june.person.decline(await june.person.waiting());
    await exchange.settled();
    service.status = 201;
    vi.setSystemTime(exchange.nextDelivery());
    exchange.deliver();
    await exchange.settled();
    expect(arrived(june).map(({ t }) => t)).toEqual(["c", "c"]);
    expect(exchange.nextDelivery()).toBe(Infinity);
  });
});

describe("How a ring went", () => {
  test("is noted on each device, once: what its push service took, refused, or is tried again", async () => {
    const june = await someone();
    const ring = { t: "n", opens: "account", id: june.id } as const;
    service.status = 400;
    for (const which of ["a", "a", "b"]) {
      await ringPerson(as, june.id, { ...ring, exp: now() + 3_600, which });
      await exchange.settled();
    }
    const most = (await rungOn(june)).sort();
    expect(most).toEqual([
      ["delivered", "delivered"],
      ["delivered", "delivered"],
      ["refused", "refused"],
    ]);
  });

  test("operations C4 SNS out of order: the phone is tried again from the queue, and nothing else waits for it", async () => {
    const june = await someone();
    const out = { ...as, push: { send: () => Promise.reject(new Error("out of order")) } };
    const ring = { t: "n", opens: "account", id: june.id, which: "a", exp: now() + 3_600 } as const;
    expect(await ringPerson(out, june.id, ring)).toBe(3);
    await drained();
    const back = arrived(june);
    expect(back).toHaveLength(3);
    expect(new Set(back.map(({ id }) => id)).size).toBe(3);
    expect(await rungOn(june)).toEqual([["delivered"], ["delivered"], ["delivered"]]);
  });
});
