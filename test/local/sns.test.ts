import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreatePlatformEndpointCommand,
  DeleteEndpointCommand,
  GetEndpointAttributesCommand,
  PublishCommand,
  paginateListEndpointsByPlatformApplication,
  SetEndpointAttributesCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import { afterEach, beforeEach, expect, test } from "vitest";
import { awsEndpoint } from "../../local/aws-endpoint.ts";
import { type EndpointEvent, localSns, type Push } from "../../local/sns.ts";

const fcm = "arn:aws:sns:us-east-1:000000000000:app/GCM/navigator";
const apns = "arn:aws:sns:us-east-1:000000000000:app/APNS/navigator";

let file: string;
let pushes: Push[];
let events: EndpointEvent[];
let sns: SNSClient;
let close: () => void;

async function open() {
  pushes = [];
  events = [];
  const endpoint = await awsEndpoint({
    sns: localSns({
      file,
      applicationArns: [fcm, apns],
      deliver: (push) => (push.token === "gone" ? "unregistered" : pushes.push(push)),
      tell: (event) => events.push(event),
    }),
    permit: () => {},
  });
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  sns = new SNSClient({ endpoint: endpoint.url, region: "us-east-1", credentials, maxAttempts: 1 });
  close = () => {
    sns.destroy();
    endpoint.close();
  };
}

beforeEach(async () => {
  file = join(mkdtempSync(join(tmpdir(), "fpx-")), "sns.json");
  await open();
});
afterEach(() => close());

const create = async (Token: string, CustomUserData?: string, PlatformApplicationArn = fcm) =>
  (await sns.send(new CreatePlatformEndpointCommand({ PlatformApplicationArn, Token, CustomUserData }))).EndpointArn;
const attributes = async (EndpointArn?: string) =>
  (await sns.send(new GetEndpointAttributesCommand({ EndpointArn }))).Attributes;
const publish = (TargetArn: string | undefined, Message: object) =>
  sns.send(new PublishCommand({ TargetArn, MessageStructure: "json", Message: JSON.stringify(Message) }));
const named = (name: string) => expect.objectContaining({ name });

test("SNS CreatePlatformEndpoint: the same token and attributes are the same endpoint", async () => {
  const arn = await create("token");
  expect(arn).toMatch(/^arn:aws:sns:us-east-1:000000000000:endpoint\/GCM\/navigator\/[0-9a-f]+$/);
  expect(await create("token")).toBe(arn);
  expect(await attributes(arn)).toEqual({ Token: "token", Enabled: "true", CustomUserData: "" });
});

test("SNS CreatePlatformEndpoint: other attributes are refused, and the refusal names the endpoint", async () => {
  const arn = await create("token", "one");
  await expect(create("token", "two")).rejects.toThrow(
    `Invalid parameter: Token Reason: Endpoint ${arn} already exists with the same Token, but different attributes.`,
  );
});

test("SNS: upkeep sets a token and enables an endpoint again", async () => {
  const EndpointArn = await create("old");
  const set = (Attributes: Record<string, string>) =>
    sns.send(new SetEndpointAttributesCommand({ EndpointArn, Attributes }));
  await set({ Enabled: "false" });
  await expect(publish(EndpointArn, { default: "" })).rejects.toThrow(named("EndpointDisabledException"));
  await set({ Enabled: "true", Token: "new" });
  expect(await attributes(EndpointArn)).toMatchObject({ Token: "new", Enabled: "true" });
  expect(await create("new")).toBe(EndpointArn);
});

test("SNS Publish: each platform's device gets what is for its platform", async () => {
  const message = {
    default: "-",
    GCM: JSON.stringify({ data: { id: "1" } }),
    APNS: JSON.stringify({ aps: { alert: "a & b <c>" }, id: "1" }),
  };
  await publish(await create("android"), message);
  await publish(await create("iphone", undefined, apns), message);
  expect(pushes).toMatchObject([
    { platform: "FCM", token: "android", payload: { data: { id: "1" } } },
    { platform: "APNS", token: "iphone", payload: { aps: { alert: "a & b <c>" }, id: "1" } },
  ]);
});

test("SNS Publish: a message structure without default is refused", async () => {
  await expect(publish(await create("token"), { GCM: "{}" })).rejects.toThrow("No default entry in JSON message body");
});

test("SNS: an endpoint that was deleted is NotFound", async () => {
  const EndpointArn = await create("token");
  await sns.send(new DeleteEndpointCommand({ EndpointArn }));
  await expect(attributes(EndpointArn)).rejects.toThrow(named("NotFoundException"));
  await expect(publish(EndpointArn, { default: "" })).rejects.toThrow(named("NotFoundException"));
});

test("SNS: endpoints outlive the process", async () => {
  const arn = await create("token");
  close();
  await open();
  expect(await attributes(arn)).toMatchObject({ Token: "token" });
});

test("sns: a token its platform does not know disables the endpoint, and its application says so; so does a deletion, once", async () => {
  const arn = await create("gone");
  await publish(arn, { default: "", GCM: "{}" });
  expect(await attributes(arn)).toMatchObject({ Enabled: "false" });
  for (const _ of [1, 2]) await sns.send(new DeleteEndpointCommand({ EndpointArn: arn }));
  const event = { EndpointArn: arn, Resource: fcm, Service: "SNS" };
  expect(events).toEqual([
    { ...event, EventType: "DeliveryFailure", FailureType: "InvalidPlatformToken" },
    { ...event, EventType: "EndpointDeleted" },
  ]);
});

test("sns: the endpoints of one application are listed, a hundred a page", async () => {
  await create("other", undefined, apns);
  for (let n = 0; n < 101; n++) await create(`token-${n}`);
  const sizes: number[] = [];
  const listed = paginateListEndpointsByPlatformApplication({ client: sns }, { PlatformApplicationArn: fcm });
  for await (const { Endpoints = [] } of listed) {
    sizes.push(Endpoints.length);
    expect(Endpoints[0]).toMatchObject({ EndpointArn: expect.any(String), Attributes: { Enabled: "true" } });
  }
  expect(sizes).toEqual([100, 1]);
});
