import type { IncomingHttpHeaders } from "node:http";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ringPerson } from "../../core/ring.ts";
import type { Push } from "../../local/sns.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { fakeBrowser } from "../support/fake-browser.ts";
import { immunizations, link, network } from "../support/network.ts";
import { answered, type Party } from "../support/parties.ts";
import { June } from "../support/person.ts";
import { pushService } from "../support/push-service.ts";

/** N-77: what anybody between the exchange and a device can see. */
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

const NAMES = ["June Smith", "Bob", "Chloé Tremblay", "Ana"] as const;
const KINDS = ["r", "c", "n"] as const;

/** Somebody with three phones of each platform and three browsers. */
async function someone(name: string) {
  const person = new June(exchange);
  await person.createAccount(name);
  await link(net.lakeside, await person.code("source"));
  const browsers = [1, 2, 3].map(() => fakeBrowser(`${service.url}/push/${crypto.randomUUID()}`));
  const phones = [1, 2, 3].flatMap((n) =>
    (["FCM", "APNS"] as const).map((platform) => ({ platform, token: `${platform}-${crypto.randomUUID()}-${n}` })),
  );
  const devices = [...phones, ...browsers.map(({ subscription }) => ({ platform: "WEB", subscription }))];
  for (const device of devices) expect((await person.call("POST", "/wallet/devices", device)).status).toBe(204);
  return { person, browsers };
}
type Someone = Awaited<ReturnType<typeof someone>>;

async function askAndAnswer({ person }: Someone, app: Party, round: number) {
  const details = [
    { type: immunizations, actions: ["read"], ...(round % 2 === 0 && { optional_actions: ["subscribe"] }) },
  ];
  const form = {
    scope: "openid",
    login_hint: await person.code("app"),
    binding_message: `B ${round}`,
    ...(round % 3 === 0 ? {} : { authorization_details: JSON.stringify(details) }),
  };
  await answered(app.post("/bc-authorize", form));
  await answered(person.approve(await person.waiting()));
  await exchange.settled();
}

async function peopleIds(): Promise<readonly string[]> {
  const documents = DynamoDBDocumentClient.from(exchange.dynamodb.client());
  const { Items = [] } = await documents.send(new ScanCommand({ TableName: exchange.tables.records }));
  const people = Items.filter(({ kind, value }) => kind === "person" && NAMES.includes(value.name));
  return people.map(({ pk }) => String(pk).slice("PERSON#".length));
}

interface Captured {
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** What is around it, with the members that may differ made equal. */
  readonly envelope: string;
}

const BLANK = { id: "", exp: "" };

function ofPhone({ platform, payload, attributes }: Push): Captured {
  const data = platform === "FCM" ? payload.fcmV1Message.message.data : payload.fpx;
  const named = Object.entries(attributes).map(([name, value]) => [name, /TTL|COLLAPSE_ID/.test(name) ? "" : value]);
  const hidden = JSON.stringify(payload, (key, value) => (/^(id|exp|ttl|collapse_key|tag)$/.test(key) ? "" : value));
  return { kind: `${platform} ${data.t}`, data, envelope: JSON.stringify([Object.fromEntries(named), hidden]) };
}

function ofBrowser(opened: string, headers: IncomingHttpHeaders, length: number): Captured {
  const data = JSON.parse(opened);
  const { authorization = "", topic: _, ttl: __, ...rest } = headers;
  const plain = JSON.stringify({ ...data, ...BLANK });
  const envelope = JSON.stringify([rest, authorization.length, length, opened.length, plain]);
  return { kind: `WEB ${data.t}`, data, envelope };
}

test("N-77 UX-50 a thousand pushes of every kind to every platform: {v,id,t,exp}, and one envelope a kind", {
  timeout: 300_000,
}, async () => {
  const people = await Promise.all(NAMES.map(someone));
  const apps = [net.app, await net.client("Money Coach of the North")];
  for (let round = 0; round < 8; round++)
    for (const one of people) await askAndAnswer(one, apps[round % 2] ?? net.app, round);

  const ports = await import("../../functions/ports.ts");
  const { pushSender } = await import("../../functions/push-ports.ts");
  const { deliveryQueue } = await import("../../functions/queue-ports.ts");
  const as = { ...ports.exchange(process.env), push: pushSender(), deliveries: deliveryQueue(process.env) };
  const exp = Math.floor(Date.now() / 1000) + 86_400;
  for (let round = 0; round < 12; round++)
    for (const id of await peopleIds())
      await ringPerson(as, id, { t: "n", exp, opens: "account", id, which: `look-${round}` });
  await exchange.settled();

  const browsers = new Map(
    people.flatMap(({ browsers }) => browsers.map((one) => [new URL(one.subscription.endpoint).pathname, one])),
  );
  const captured = [
    ...exchange.pushes.map(ofPhone),
    ...service.seen.map(({ path, headers, body }) =>
      ofBrowser(browsers.get(path)?.opened(body) ?? "", headers, body.length),
    ),
  ];
  expect(captured.length).toBeGreaterThanOrEqual(1_000);
  for (const { data } of captured) {
    expect(Object.keys(data).sort()).toEqual(["exp", "id", "t", "v"]);
    expect([String(data["v"]), KINDS.includes(data["t"] as "r")]).toEqual(["1", true]);
    expect(String(data["id"])).toMatch(/^note_r1[\w-]+$/);
    expect(String(data["exp"])).toMatch(/^\d{10}$/);
  }
  const envelopes = new Map<string, Set<string>>();
  for (const { kind, envelope } of captured) envelopes.set(kind, (envelopes.get(kind) ?? new Set()).add(envelope));
  const every = ["APNS", "FCM", "WEB"].flatMap((platform) => KINDS.map((t) => `${platform} ${t}`));
  expect([...envelopes.keys()].sort()).toEqual(every.sort());
  for (const [kind, different] of envelopes) expect([...different], kind).toHaveLength(1);

  // Each thing has one id on each device, which rings and then clears; nothing else shares one.
  const times = Map.groupBy(captured, ({ data }) => data["id"]);
  for (const same of times.values()) expect(["n", "r,c"]).toContain(same.map(({ data }) => data["t"]).join());
  expect(new Set(captured.map(({ data }) => String(data["id"]).length)).size).toBe(1);
  const around = [...envelopes.values()].map((different) => [...different].join()).join();
  expect(around).not.toMatch(/June|Bob|Chlo|Ana|immuni|Coach|Lakeside|vaccin/i);
});
