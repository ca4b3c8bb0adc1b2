import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, test } from "vitest";
import { run } from "../../cli/run.ts";

const s3 = mockClient(S3Client);
const lambda = mockClient(LambdaClient);
let out: string[];
let err: string[];
beforeEach(() => {
  s3.reset();
  lambda.reset();
  [out, err] = [[], []];
});

const env = { FPX_FAILED_EVENTS_BUCKET: "failed", FPX_NOTIFY_FUNCTION: "notify", AWS_REGION: "eu-central-1" };
const fpx = (line: string, more: Record<string, string> = env) =>
  run(line.split(" "), { env: more, folder: "/nowhere", out: (text) => out.push(text), err: (text) => err.push(text) });

const image = (kind: string, state: string) => ({
  eventName: "MODIFY",
  dynamodb: { NewImage: { pk: { S: `${kind.toUpperCase()}#of-june` }, kind: { S: kind }, state: { S: state } } },
});
/** As AWS documents an invocation record of an S3 on-failure destination. */
const record = (timestamp: string, ...Records: object[]) =>
  JSON.stringify({
    requestContext: {
      requestId: "316aa6d0",
      functionArn: "arn:aws:lambda:eu-central-1:123456789012:function:notify",
      condition: "RetryAttemptsExhausted",
      approximateInvokeCount: 6,
    },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    version: "1.0",
    timestamp,
    DDBStreamBatchInfo: { shardId: "shardId-1", batchSize: Records.length },
    payload: JSON.stringify({ Records }),
  });

const later = "aws/lambda/m/shardId-1/2026-11-24T20.00.00-b";
const earlier = "aws/lambda/m/shardId-2/2026-11-24T19.00.00-a";
const ended = image("consent", "ended");
const objects: Record<string, string> = {
  [later]: record("2026-11-24T20:00:00Z", ended, ended, image("request", "received")),
  [earlier]: record("2026-11-24T19:00:00Z", image("link", "unlinked")),
};

/** The bucket, one object to a page; what is not a stored object is not there. */
function bucket(held: Readonly<Record<string, string>>) {
  const keys = Object.keys(held);
  s3.on(ListObjectsV2Command).callsFake(({ Bucket, ContinuationToken = "0" }) => {
    expect(Bucket).toBe("failed");
    const at = Number(ContinuationToken);
    const more = at + 1 < keys.length;
    return {
      ...(keys.length > 0 && { Contents: [{ Key: keys[at] }] }),
      IsTruncated: more,
      ...(more && { NextContinuationToken: String(at + 1) }),
    };
  });
  s3.on(GetObjectCommand).callsFake(({ Key }) => ({ Body: { transformToString: async () => held[Key] ?? "" } }));
  s3.on(DeleteObjectCommand).resolves({});
}

const answers = (value: unknown, FunctionError?: string) => ({
  Payload: { transformToString: () => JSON.stringify(value) } as never,
  ...(FunctionError && { FunctionError }),
});
const invoked = () => lambda.commandCalls(InvokeCommand).map(({ args: [{ input }] }) => input);
const deleted = () => s3.commandCalls(DeleteObjectCommand).map(({ args: [{ input }] }) => input.Key);

describe("operations C4 what the stream could not deliver", () => {
  test("list tells when, why and what, oldest first, page by page, and not whose", async () => {
    bucket(objects);
    expect(await fpx("failed-events list")).toBe(0);
    expect(out).toEqual([
      `2026-11-24T19:00:00Z  RetryAttemptsExhausted after 6  1 × link unlinked  ${earlier}\n` +
        `2026-11-24T20:00:00Z  RetryAttemptsExhausted after 6  2 × consent ended, 1 × request received  ${later}`,
    ]);
    expect(await fpx("failed-events list --json")).toBe(0);
    expect(JSON.parse(out[1] ?? "")).toMatchObject([{ key: earlier, records: ["link unlinked"] }, { key: later }]);
    expect(out.join()).not.toContain("of-june");
  });

  test("redrive hands the function each event as it was, and deletes what it took", async () => {
    bucket(objects);
    lambda.on(InvokeCommand).resolves(answers({ batchItemFailures: [] }));
    expect(await fpx("failed-events redrive")).toBe(0);
    expect(out).toEqual(["Delivered: 2 of 2"]);
    expect(invoked().map(({ FunctionName }) => FunctionName)).toEqual(["notify", "notify"]);
    expect(JSON.parse(String(invoked()[1]?.Payload && Buffer.from(invoked()[1]?.Payload as Uint8Array)))).toEqual({
      Records: [ended, ended, image("request", "received")],
    });
    expect(deleted()).toEqual([earlier, later]);
  });

  test.each([
    ["a function that fails", answers({ errorMessage: "-" }, "Unhandled"), "the function failed (Unhandled)"],
    [
      "a record it could not take",
      answers({ batchItemFailures: [{ itemIdentifier: "1" }] }),
      "the function could not take every record",
    ],
    ["an answer of another function", answers({}), "the function does not answer like one that takes a stream"],
  ])("%s leaves the object where it is, and does not keep the others", async (_, answer, why) => {
    bucket(objects);
    lambda
      .on(InvokeCommand)
      .resolvesOnce(answer)
      .resolves(answers({ batchItemFailures: [] }));
    expect(await fpx("failed-events redrive")).toBe(1);
    expect(err).toEqual([`fpx: 1 of 2 delivered; these stay in the bucket:\n${earlier}: ${why}`]);
    expect(deleted()).toEqual([later]);
  });

  test("redrive KEY takes one alone", async () => {
    bucket(objects);
    lambda.on(InvokeCommand).resolves(answers({ batchItemFailures: [] }));
    expect(await fpx(`failed-events redrive ${later}`)).toBe(0);
    expect(deleted()).toEqual([later]);
    expect(s3.commandCalls(ListObjectsV2Command)).toEqual([]);
  });

  test("an object that Lambda did not put there is listed, never sent, and stays", async () => {
    bucket({ "notes.txt": "hello" });
    expect(await fpx("failed-events list")).toBe(0);
    expect(out[0]).toContain("it is no invocation record of Lambda");
    expect(await fpx("failed-events redrive")).toBe(1);
    expect([invoked(), deleted()]).toEqual([[], []]);
  });

  test("an empty bucket is said to be", async () => {
    bucket({});
    expect(await fpx("failed-events list")).toBe(0);
    expect(await fpx("failed-events redrive")).toBe(0);
    expect(out).toEqual(["Nothing is in the bucket.", "Nothing is in the bucket."]);
  });

  test("what is missing is named; another verb is no command", async () => {
    expect(await fpx("failed-events list", {})).toBe(1);
    expect(await fpx("failed-events list --bucket failed", {})).toBe(1);
    expect(err).toEqual([
      expect.stringMatching(/--bucket NAME or set FPX_FAILED_EVENTS_BUCKET/),
      expect.stringMatching(/--function NAME or set FPX_NOTIFY_FUNCTION/),
    ]);
    expect(await fpx("failed-events forget")).toBe(2);
    expect(await fpx("failed-events list now")).toBe(2);
  });
});
