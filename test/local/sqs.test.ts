import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Json } from "../../local/assembly.ts";
import { awsEndpoint } from "../../local/aws-endpoint.ts";
import { queueMapping } from "../../local/queue-mapping.ts";
import { type LocalSqs, localSqs, urlOf } from "../../local/sqs.ts";

const queue = (name: string, properties: Json = {}) => ({
  name,
  arn: `arn:aws:sqs:us-east-1:000000000000:${name}`,
  stack: "Stack",
  properties,
});
const dead = queue("dead");
const work = queue("work", {
  VisibilityTimeout: 30,
  RedrivePolicy: { deadLetterTargetArn: dead.arn, maxReceiveCount: 3 },
});
const QueueUrl = urlOf(work);

let file: string;
let local: LocalSqs;
let sqs: SQSClient;
let close: () => void;
async function open() {
  local = localSqs(file, [work, dead]);
  const endpoint = await awsEndpoint({ sqs: local.operations, permit: () => {} });
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const where = { endpoint: endpoint.url, region: "us-east-1", useQueueUrlAsEndpoint: false };
  sqs = new SQSClient({ ...where, credentials, maxAttempts: 1 });
  close = () => {
    sqs.destroy();
    endpoint.close();
  };
}
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
  file = join(mkdtempSync(join(tmpdir(), "fpx-")), "queues.json");
  await open();
});
afterEach(() => {
  close();
  vi.useRealTimers();
});

const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);
const send = (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: "a" }));
const receive = async (url = QueueUrl) =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }))).Messages ?? [];
const bodies = async (url = QueueUrl) => (await receive(url)).map(({ Body }) => Body);
const postpone = (ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
  sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));

test("SQS: a message that was received is nobody else's until its visibility timeout ends, and gone when it is deleted", async () => {
  await send("one");
  const [message] = await receive();
  expect(message).toMatchObject({ Body: "one", Attributes: { ApproximateReceiveCount: "1" } });
  pass(29);
  expect(await bodies()).toEqual([]);
  pass(2);
  const [again] = await receive();
  expect(again?.Attributes?.["ApproximateReceiveCount"]).toBe("2");
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }));
  pass(60);
  expect(await bodies()).toEqual([]);
});

test("SQS ChangeMessageVisibility: it is put off by that much, by whoever received it", async () => {
  await send("one");
  const [message] = await receive();
  await postpone(message?.ReceiptHandle, 3_600);
  pass(3_599);
  expect(await bodies()).toEqual([]);
  pass(1);
  expect(await bodies()).toEqual(["one"]);
  await expect(postpone("another", 5)).rejects.toMatchObject({ name: "ReceiptHandleIsInvalid" });
});

test("SQS redrive: what was received too often lies in the dead-letter queue", async () => {
  await send("poison");
  for (let n = 0; n < 3; n++) {
    expect(await bodies()).toEqual(["poison"]);
    pass(31);
  }
  expect(await bodies()).toEqual([]);
  expect(await bodies(urlOf(dead))).toEqual(["poison"]);
});

test("SQS: messages outlive the process; one that was held comes at once, one that was put off when it is due", async () => {
  await send("held");
  await receive();
  await send("put off");
  const [message] = await receive();
  await postpone(message?.ReceiptHandle, 600);
  close();
  await open();
  expect(await bodies()).toEqual(["held"]);
  pass(600);
  expect(await bodies()).toEqual(["held", "put off"]);
});

test("SQS: a queue that is not there", async () => {
  const unknown = new SendMessageCommand({ QueueUrl: urlOf(queue("other")), MessageBody: "-" });
  await expect(sqs.send(unknown)).rejects.toMatchObject({ name: "QueueDoesNotExist" });
});

/** A mapping whose function answers as it is told, by message body. */
function mapping(
  answer: (bodies: readonly string[], Records: readonly Json[]) => Promise<Json>,
  properties: Json = {},
) {
  const batches: string[][] = [];
  const { poll } = queueMapping({
    properties: { EventSourceArn: work.arn, ...properties },
    queueUrl: QueueUrl,
    sqs: local,
    invoke: async ({ Records }) => {
      const told = Records.map(({ body }) => body);
      batches.push(told);
      return answer(told, Records);
    },
  });
  return { batches, poll };
}

test("SQS event source: ReportBatchItemFailures keeps what failed and deletes the rest; what throws deletes nothing", async () => {
  for (const body of ["good", "bad", "fine"]) await send(body);
  const { batches, poll } = mapping(async (told, Records) => {
    if (told.length === 1) throw new Error("again");
    return { batchItemFailures: [{ itemIdentifier: Records[1].messageId }] };
  });
  for (let round = 0; round < 3; round++) {
    poll();
    await setImmediate();
    pass(30);
  }
  expect(batches).toEqual([["good", "bad", "fine"], ["bad"], ["bad"]]);
});

test("SQS event source: a batch that hangs keeps no other waiting, up to the concurrency of the template", async () => {
  const { batches, poll } = mapping(() => new Promise(() => {}), {
    BatchSize: 1,
    ScalingConfig: { MaximumConcurrency: 2 },
  });
  for (const body of ["slow", "next", "too many"]) await send(body);
  poll();
  expect(batches).toEqual([["slow"], ["next"]]);
});
