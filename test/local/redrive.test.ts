import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../cli/run.ts";
import { localExchange } from "../../local/exchange.ts";
import { stubAssembly } from "./stub-assembly.ts";

const folder = mkdtempSync(join(tmpdir(), "fpx-"));
const state = join(folder, ".fpx");
let exchange: Awaited<ReturnType<typeof localExchange>>;
let out: string[] = [];
let err: string[] = [];
beforeAll(async () => {
  exchange = await localExchange({ folder: state, ...stubAssembly() });
  mkdirSync(state, { recursive: true });
  writeFileSync(join(state, "local.json"), JSON.stringify({ failedEvents: exchange.failedEvents }));
});
afterAll(() => exchange.close());

const fpx = async (line: string) => {
  [out, err] = [[], []];
  return run(line.split(" "), { env: {}, folder, out: (text) => out.push(text), err: (text) => err.push(text) });
};
const write = (id: string, more: object) =>
  fetch(`${exchange.origins.issuer}/token`, {
    method: "POST",
    body: JSON.stringify({
      table: "RECORDS_TABLE",
      Item: { pk: { S: `REQUEST#${id}` }, sk: { S: "REQUEST" }, kind: { S: "request" }, ...more },
    }),
  });
const heard = () =>
  readFileSync(join(state, "log.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line.includes('"heard"'))
    .map((line) => JSON.parse(line).pk);
const inBucket = () => {
  const bucket = join(state, "failed-events");
  return existsSync(bucket) ? readdirSync(bucket) : [];
};

test("operations C4 what notify failed on lies in the bucket until fpx redrives it with success", {
  timeout: 30_000,
}, async () => {
  const failing = join(folder, "failing");
  writeFileSync(failing, "");
  await write("1", { failsWhile: { S: failing } });
  await expect.poll(inBucket, { timeout: 20_000 }).toHaveLength(1);

  expect(await fpx("failed-events list")).toBe(0);
  expect(out[0]).toMatch(/RetryAttemptsExhausted after 6 {2}1 × request {2}\S+\.json$/);

  expect(await fpx("failed-events redrive")).toBe(1);
  expect(err[0]).toContain("the function failed (Unhandled)");
  expect([inBucket().length, heard()]).toEqual([1, []]);

  writeFileSync(failing, "mended");
  expect(await fpx("failed-events redrive")).toBe(0);
  expect(out).toEqual(["Delivered: 1 of 1"]);
  expect([inBucket(), heard()]).toEqual([[], ["REQUEST#1"]]);
});

test("whoever does not know the operator's access key reaches neither the bucket nor the function", async () => {
  const { aws, bucket, function: name } = exchange.failedEvents;
  for (const [method, path] of [
    ["GET", `/${bucket}?list-type=2`],
    ["POST", `/2015-03-31/functions/${name}/invocations`],
  ] as const)
    expect((await fetch(aws.endpoint + path, { method })).status).toBe(403);
});
