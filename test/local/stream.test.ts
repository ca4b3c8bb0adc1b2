import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeleteItemCommand, DynamoDBClient, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, expect, test } from "vitest";
import type { Resource } from "../../local/assembly.ts";
import { database, streamed } from "../../local/database.ts";
import { journal } from "../../local/journal.ts";
import { type Change, streamingProxy } from "../../local/stream.ts";

const key = (name: string) => ({ AttributeName: name, KeyType: "HASH" });
const table = (name: string, properties: object): Resource => ({
  name,
  arn: "",
  stack: "",
  properties: {
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
    KeySchema: [key("pk")],
    ...properties,
  },
});
const tables = [table("records", { StreamSpecification: {} }), table("guards", {})];

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function open(file = join(mkdtempSync(join(tmpdir(), "fpx-")), "journal.jsonl"), folder?: string) {
  const dynamodb = await database(tables, folder);
  const changes: Change[] = [];
  const stream = await streamingProxy({
    target: dynamodb.port,
    tables: streamed(tables),
    journal: journal(file),
    consume: async (change) => void changes.push(change),
    permit: () => {},
  });
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new DynamoDBClient({ endpoint: stream.url, region: "us-east-1", credentials, maxAttempts: 1 });
  const put = (TableName: string, pk: string, n: number, condition?: string) =>
    client.send(
      new PutItemCommand({
        TableName,
        Item: { pk: { S: pk }, n: { N: String(n) } },
        ...(condition && { ConditionExpression: condition }),
      }),
    );
  const close = async () => {
    client.destroy();
    stream.close();
    await dynamodb.close();
  };
  opened.push(close);
  return { client, changes, put, stream, file };
}

const told = (changes: readonly Change[]) => changes.map(({ before, after }) => [before?.["n"]?.N, after?.["n"]?.N]);

test("stream: a write tells its old and its new image", async () => {
  const { client, changes, put } = await open();
  await put("records", "A", 1);
  await put("records", "A", 2);
  const Key = { pk: { S: "A" } };
  const UpdateExpression = "SET n = n + :one";
  const ExpressionAttributeValues = { ":one": { N: "1" } };
  await client.send(new UpdateItemCommand({ TableName: "records", Key, UpdateExpression, ExpressionAttributeValues }));
  await client.send(new DeleteItemCommand({ TableName: "records", Key }));
  expect(told(changes)).toEqual([
    [undefined, "1"],
    ["1", "2"],
    ["2", "3"],
    ["3", undefined],
  ]);
});

test("stream: what changes nothing, fails, or goes to a table without a stream tells nothing", async () => {
  const { changes, put } = await open();
  await put("records", "A", 1);
  await put("records", "A", 1);
  await expect(put("records", "A", 2, "attribute_not_exists(pk)")).rejects.toThrow("conditional request failed");
  await put("guards", "A", 1);
  expect(told(changes)).toEqual([[undefined, "1"]]);
});

test("stream: concurrent writes to one key are told as the chain they are", async () => {
  const { changes, put } = await open();
  await Promise.all(Array.from({ length: 20 }, (_, n) => put("records", "A", n + 1)));
  const images = told(changes);
  expect(images).toHaveLength(20);
  for (const [i, [before]] of images.entries()) expect(before).toBe(images[i - 1]?.[1]);
});

test("journal: what was not taken is told again with the images it had", async () => {
  const before = mkdtempSync(join(tmpdir(), "fpx-"));
  const first = await open(join(before, "journal.jsonl"), join(before, "tables"));
  for (const n of [1, 2, 3]) await first.put("records", "A", n);
  const lines = readFileSync(first.file, "utf8").split("\n");
  for (const close of opened.splice(0)) await close();
  // As a process leaves it that was killed: the first change is taken, the last line is cut off.
  const kept = lines.filter((line) => !line.startsWith('{"done":2') && !line.startsWith('{"done":3'));
  writeFileSync(first.file, `${kept.join("\n")}{"sequ`);
  const second = await open(first.file, join(before, "tables"));
  await second.stream.replay();
  await expect
    .poll(() => told(second.changes))
    .toEqual([
      ["1", "2"],
      ["2", "3"],
    ]);
  await second.put("records", "A", 4);
  expect(second.changes.at(-1)?.sequence).toBe(4);
});
