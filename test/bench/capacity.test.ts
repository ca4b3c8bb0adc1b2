import { describe, expect, test } from "vitest";
import { type Operation, sizeOf, type Table, tableOf, unitsOf } from "../../bench/capacity.ts";

const table: Table = tableOf({
  KeySchema: [{ AttributeName: "pk" }],
  GlobalSecondaryIndexes: [
    {
      IndexName: "due",
      KeySchema: [{ AttributeName: "due" }, { AttributeName: "dueAt" }],
      Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["state"] },
    },
  ],
});
const item = (more: object = {}) => ({ pk: { S: "a" }, ...more });
const filled = (bytes: number) => item({ text: { S: "x".repeat(bytes - 3 - 4) } });
const operation = (more: Partial<Operation>): Operation => ({
  table: "t",
  name: "PutItem",
  consistent: false,
  found: [],
  ...more,
});
const units = (more: Partial<Operation>) => unitsOf(operation(more), table);

describe("The size of an item", () => {
  test("names and strings count in UTF-8", () => {
    expect(sizeOf({ a: { S: "é" }, bc: { S: "" } })).toBe(1 + 2 + 2);
  });
  test("a number is a byte and one for each two significant digits", () => {
    const size = (N: string) => sizeOf({ n: { N } }) - 1;
    expect([size("0"), size("7"), size("1700000000"), size("1234567"), size("-12")]).toEqual([1, 2, 2, 5, 3]);
  });
  test("lists and maps are 3 bytes, and 1 for each element", () => {
    expect(sizeOf({ l: { L: [] }, m: { M: {} } })).toBe(4 + 4);
    expect(sizeOf({ l: { L: [{ S: "ab" }, { BOOL: true }] } })).toBe(1 + 3 + (1 + 2) + (1 + 1));
    expect(sizeOf({ m: { M: { k: { S: "ab" }, n: { NULL: true } } } })).toBe(1 + 3 + (1 + 1 + 2) + (1 + 1 + 1));
  });
  test("a type without a rule is an error, not a guess", () => {
    expect(() => sizeOf({ b: { B: "AA==" } })).toThrow("no rule");
  });
});

describe("Reads", () => {
  const read = (more: Partial<Operation>) => units({ name: "GetItem", consistent: true, ...more }).read;
  test("are billed by 4 kB, and nothing found is one", () => {
    expect(read({})).toBe(1);
    expect([read({ found: [filled(4096)] }), read({ found: [filled(4097)] })]).toEqual([1, 2]);
  });
  test("cost half where eventually consistent, always so on an index", () => {
    expect(read({ consistent: false })).toBe(0.5);
    expect(read({ name: "Query", index: "due", found: [item()] })).toBe(0.5);
    expect(read({ name: "Query", found: [filled(3000), filled(3000)] })).toBe(2);
  });
});

describe("Writes", () => {
  test("are billed by 1 kB of the larger image", () => {
    expect([units({ after: filled(1024) }).write, units({ after: filled(1025) }).write]).toEqual([1, 2]);
    expect(units({ before: filled(3000), after: item() }).write).toBe(3);
    expect(units({ name: "DeleteItem", before: filled(1500) }).write).toBe(2);
  });
  test("cost also where the condition fails", () => {
    expect(units({ before: filled(1500), after: filled(1500) }).write).toBe(2);
    expect(units({})).toEqual({ read: 0, write: 1, indexes: {} });
  });
  test("an index entry is written when it comes, goes or changes, twice when its key does", () => {
    const [at5, at6] = [item({ due: { S: "due" }, dueAt: { N: "5" } }), item({ due: { S: "due" }, dueAt: { N: "6" } })];
    const due = (before: object | undefined, after: object | undefined) =>
      units({ before: before as never, after: after as never }).indexes["due"] ?? 0;
    expect([due(undefined, at5), due(at5, item()), due(at5, at6), due(at5, at5)]).toEqual([1, 1, 2, 0]);
    expect([due(at5, { ...at5, state: { S: "b" } }), due(at5, { ...at5, other: { S: "b" } })]).toEqual([1, 0]);
    expect(due(item(), item({ due: { S: "due" } }))).toBe(0);
  });
});
