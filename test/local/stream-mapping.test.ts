import { expect, test } from "vitest";
import type { Json } from "../../local/assembly.ts";
import type { Change } from "../../local/stream.ts";
import { streamMapping } from "../../local/stream-mapping.ts";

const change = (sequence: number, after: Json = { kind: { S: "request" } }): Change => ({
  sequence,
  table: "records",
  key: { pk: { S: `REQUEST#${sequence}` } },
  after,
  at: Date.now() / 1000,
});

/** A mapping whose function fails while its batch holds a poisoned record. */
function mapping(properties: Json, poisoned: readonly number[] = [], how: "throws" | "reports" = "throws") {
  const batches: number[][] = [];
  const dead: number[][] = [];
  const numbers = (records: readonly Json[]) => records.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));
  const take = streamMapping({
    properties: { BatchSize: 10, MaximumRetryAttempts: 2, ...properties },
    pause: 1,
    failed: (records) => dead.push(numbers(records)),
    invoke: async ({ Records }) => {
      batches.push(numbers(Records));
      const bad = Records.find(({ dynamodb }) => poisoned.includes(Number(dynamodb.SequenceNumber)));
      if (bad === undefined) return { batchItemFailures: [] };
      if (how === "throws") throw new Error("poisoned");
      return { batchItemFailures: [{ itemIdentifier: bad.dynamodb.SequenceNumber }] };
    },
  });
  return { batches, dead, take: (...changes: readonly Change[]) => Promise.all(changes.map(take)) };
}

test("stream: changes arrive in order, as many at once as the mapping says", async () => {
  const { batches, take } = mapping({ BatchSize: 2 });
  await take(change(1), change(2), change(3));
  expect(batches).toEqual([[1, 2], [3]]);
});

test("stream: a record tells its event, images and sequence number", async () => {
  const events: Json[] = [];
  const take = streamMapping({
    properties: {},
    failed: () => {},
    invoke: async ({ Records }) => void events.push(...Records),
  });
  const image = { pk: { S: "A" } };
  await take({ ...change(1), after: image });
  await take({ ...change(2), before: image, after: { ...image, n: { N: "1" } } });
  await take({ ...change(3), before: image, after: undefined });
  expect(events.map(({ eventName }) => eventName)).toEqual(["INSERT", "MODIFY", "REMOVE"]);
  expect(events[1].dynamodb).toMatchObject({ OldImage: image, NewImage: { n: { N: "1" } } });
  expect(events[2].dynamodb).not.toHaveProperty("NewImage");
});

test("stream: what no filter matches needs no attention", async () => {
  const pattern = { eventName: ["INSERT"], dynamodb: { NewImage: { kind: { S: ["request"] } } } };
  const { batches, take } = mapping({ FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] } });
  await take(change(1), change(2, { kind: { S: "person" } }), { ...change(3), before: {} }, change(4));
  expect(batches).toEqual([[1, 4]]);
});

test("stream: a batch that throws is bisected until the poisoned record stands alone", async () => {
  const { batches, dead, take } = mapping({ BisectBatchOnFunctionError: true }, [3]);
  await take(change(1), change(2), change(3), change(4));
  expect(batches).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [3], [3], [4]]);
  expect(dead).toEqual([[3]]);
});

test("stream: ReportBatchItemFailures goes on from the first record that failed", async () => {
  const { batches, dead, take } = mapping({ BatchSize: 3 }, [2], "reports");
  await take(change(1), change(2), change(3));
  expect(batches).toEqual([
    [1, 2, 3],
    [2, 3],
    [2, 3],
  ]);
  expect(dead).toEqual([[2, 3]]);
});

test("stream: a record older than the mapping allows goes to the failure destination", async () => {
  const { batches, dead, take } = mapping({ MaximumRecordAgeInSeconds: 60 });
  await take({ ...change(1), at: Date.now() / 1000 - 120 });
  expect([batches, dead]).toEqual([[], [[1]]]);
});
