import {
  CreatePlatformEndpointCommand,
  GetEndpointAttributesCommand,
  SetEndpointAttributesCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered } from "../support/parties.ts";
import { June } from "../support/person.ts";

/** UX-55, UX-57: what becomes of the endpoints SNS keeps of phones. */
let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  exchange.pushes.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

/** Somebody with a phone. */
async function someone() {
  const person = new June(exchange);
  await person.createAccount("June");
  const token = `handset-${crypto.randomUUID()}`;
  const start = async () =>
    expect((await person.call("POST", "/wallet/devices", { platform: "FCM", token })).status).toBe(204);
  await start();
  return { person, token, start };
}
const ask = async (person: June) => {
  await person.signIn();
  const authorization_details = JSON.stringify([{ type: immunizations, actions: ["read"] }]);
  const form = { scope: "openid", login_hint: await person.code("app"), binding_message: "A", authorization_details };
  await answered(net.app.post("/bc-authorize", form));
  await exchange.settled();
};
/** Which phones rang, and is forgotten. */
const rang = () => exchange.pushes.splice(0).map(({ token }) => token);

interface Kept {
  readonly endpointArn: string;
  readonly rung?: readonly { readonly result: string }[];
}
const phones = async (): Promise<readonly Kept[]> => {
  const documents = DynamoDBDocumentClient.from(exchange.dynamodb.client());
  const { Items = [] } = await documents.send(new ScanCommand({ TableName: exchange.tables.records }));
  return Items.filter(({ kind }) => kind === "device").map(({ value }) => value as Kept);
};
const newest = async (): Promise<Kept> => {
  const [first = { endpointArn: "" }] = (await phones()).filter(({ endpointArn }) => !before.has(endpointArn));
  return first;
};
const before = new Set<string>();
beforeEach(async () => {
  for (const { endpointArn } of await phones()) before.add(endpointArn);
});
const atSns = async (EndpointArn: string) =>
  new SNSClient({}).send(new GetEndpointAttributesCommand({ EndpointArn })).then(
    ({ Attributes }) => Attributes?.["Enabled"],
    (error: Error) => error.name,
  );
const queued = async (event: object) => {
  const QueueUrl = String(process.env["DELIVERY_QUEUE_URL"]);
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
  await exchange.settled();
};
const day = async () => {
  await (await import("../../functions/endpoints.ts")).handler();
};

describe("A phone that is gone", () => {
  test("UX-57 its platform does not know the token: record and endpoint go when SNS says so, and come back at its next start", async () => {
    const { person, token, start } = await someone();
    const { endpointArn } = await newest();
    exchange.unregistered.add(token);
    await ask(person);
    expect(rang()).toEqual([]);
    expect((await newest()).endpointArn).toBe("");
    expect(await atSns(endpointArn)).toBe("NotFoundException");
    await person.decline(await person.waiting());
    await ask(person);
    expect(rang()).toEqual([]);

    exchange.unregistered.delete(token);
    await person.decline(await person.waiting());
    await start();
    await ask(person);
    expect(rang()).toEqual([token]);
  });

  test("UX-57 a failure of the application, and not of the phone, takes no phone away: its person sees that it did not ring", async () => {
    const { person, token } = await someone();
    await ask(person);
    expect(rang()).toEqual([token]);
    const { endpointArn, rung } = await newest();
    expect(rung).toMatchObject([{ result: "delivered" }]);
    await queued({ EventType: "DeliveryFailure", FailureType: "PlatformAppDisabled", EndpointArn: endpointArn });
    expect(await newest()).toMatchObject({ endpointArn, rung: [{ result: "refused" }] });
    await queued({ EventType: "EndpointUpdated", EndpointArn: `${endpointArn}-of-nobody` });
    expect((await newest()).endpointArn).toBe(endpointArn);
  });

  test("UX-55 nobody was at it for 270 days: it does not ring, and is forgotten", async () => {
    const { person, token } = await someone();
    const { endpointArn } = await newest();
    const start = Date.now();
    vi.setSystemTime(start + 269 * 86_400_000);
    await ask(person);
    expect(rang()).toEqual([token]);
    vi.setSystemTime(start + 270 * 86_400_000);
    await ask(person);
    expect(rang()).toEqual([]);
    expect((await newest()).endpointArn).toBe("");
    await day();
    expect(await atSns(endpointArn)).toBe("NotFoundException");
  });

  test("UX-57 the day's look takes away what is disabled, and endpoints of no device; all others stay", async () => {
    const { token } = await someone();
    const { endpointArn: stays } = await newest();
    before.add(stays);
    await someone();
    const { endpointArn: disabled } = await newest();
    const sns = new SNSClient({});
    const Attributes = { Enabled: "false" };
    await sns.send(new SetEndpointAttributesCommand({ EndpointArn: disabled, Attributes }));
    const PlatformApplicationArn = String(process.env["APNS_APPLICATION_ARN"]);
    const orphan = await sns.send(new CreatePlatformEndpointCommand({ PlatformApplicationArn, Token: `${token}-2` }));
    await day();
    expect(await atSns(disabled)).toBe("NotFoundException");
    expect(await atSns(String(orphan.EndpointArn))).toBe("NotFoundException");
    expect(await atSns(stays)).toBe("true");
    const left = (await phones()).map(({ endpointArn }) => endpointArn);
    expect(left).toContain(stays);
    expect(left).not.toContain(disabled);
  });
});
