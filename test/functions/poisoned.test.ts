import { DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered } from "../support/parties.ts";
import { June } from "../support/person.ts";

/** Operations C4: what follows from one record fails, and nobody behind it waits. */
let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let documents: DynamoDBDocumentClient;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  documents = DynamoDBDocumentClient.from(exchange.dynamodb.client());
});
afterAll(() => exchange.close());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
});
afterEach(() => {
  vi.useRealTimers();
});

async function someone(token: string) {
  const person = new June(exchange);
  await person.createAccount(token);
  expect((await person.call("POST", "/wallet/devices", { platform: "FCM", token })).status).toBe(204);
  return person;
}
const ask = async (person: June) => {
  const authorization_details = JSON.stringify([{ type: immunizations, actions: ["read"] }]);
  const form = { scope: "openid", login_hint: await person.code("app"), binding_message: "A", authorization_details };
  await answered(net.app.post("/bc-authorize", form));
  await exchange.settled();
};
const rang = () => exchange.pushes.splice(0).map(({ token }) => token);

test("operations C4 a poisoned record is put off alone: who is behind it rings at once, and it rings when it is mended", async () => {
  const first = await someone("phone-of-the-first");
  const second = await someone("phone-of-the-second");
  const Key = await deviceOf("phone-of-the-first");
  const { Item } = await documents.send(new GetCommand({ TableName: exchange.tables.records, Key }));
  // What nobody reckoned with: a device of no kind there is.
  const poisoned = { ...Item, value: null };
  await documents.send(new PutCommand({ TableName: exchange.tables.records, Item: poisoned }));

  await ask(first);
  expect(rang()).toEqual([]);
  expect(exchange.failures).toHaveLength(1);
  await ask(second);
  expect(rang()).toEqual(["phone-of-the-second"]);
  expect(exchange.failures).toHaveLength(1);

  for (let again = 0; again < 2; again++) {
    vi.setSystemTime(exchange.nextDelivery());
    exchange.deliver();
    await exchange.settled();
    expect(rang()).toEqual([]);
  }
  await documents.send(new PutCommand({ TableName: exchange.tables.records, Item: Item ?? {} }));
  vi.setSystemTime(exchange.nextDelivery());
  exchange.deliver();
  await exchange.settled();
  expect(rang()).toEqual(["phone-of-the-first"]);
  expect(exchange.nextDelivery()).toBe(Infinity);
});

test("operations C4 an event given to notify again, as fpx redrives it, asks nobody anew: the same push replaces the one before, and what was answered meanwhile rings no more", async () => {
  const june = await someone("phone-of-june");
  await ask(june);
  const [first] = exchange.pushes.splice(0);
  const consent = await june.waiting();
  const event = (kind: string, state: string, pk: string) => ({
    eventName: "INSERT",
    dynamodb: { SequenceNumber: "1", NewImage: { pk: { S: pk }, kind: { S: kind }, state: { S: state } } },
  });
  const askings = async () => {
    const { Items = [] } = await documents.send(new ScanCommand({ TableName: exchange.tables.records }));
    return Items.filter(({ kind }) => kind === "request" || kind === "consent").map(({ pk }) => String(pk));
  };
  const before = await askings();
  const requests = before.filter((pk) => pk.startsWith("REQUEST#")).map((pk) => event("request", "received", pk));
  const Records = [...requests, event("consent", "requested", `CONSENT#${consent.id}`)];
  const { handler } = await import("../../functions/notify.ts");
  const again = () => handler({ Records } as never, {});

  expect(await again()).toEqual({ batchItemFailures: [] });
  expect(exchange.pushes.splice(0)).toEqual([{ ...first, messageId: expect.anything() }]);
  await june.decline(consent);
  await exchange.settled();
  exchange.pushes.length = 0;
  expect(await again()).toEqual({ batchItemFailures: [] });
  await exchange.settled();
  expect(exchange.pushes).toEqual([]);
  expect((await askings()).toSorted()).toEqual(before.toSorted());
});

/** The key of a phone's record: a digest of its endpoint, which SNS names by its token. */
async function deviceOf(token: string) {
  const { snsPushEndpoints } = await import("../../adapters/sns/push-endpoints.ts");
  const { SNSClient } = await import("@aws-sdk/client-sns");
  const { phoneId } = await import("../../core/phone-endpoint.ts");
  const applications = { APNS: "", FCM: String(process.env["FCM_APPLICATION_ARN"]) };
  const arn = await snsPushEndpoints(new SNSClient({}), applications).register("FCM", token);
  return { pk: `DEVICE#${await phoneId(arn)}`, sk: "DEVICE" };
}
