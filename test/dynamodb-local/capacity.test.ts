import { expect, test } from "vitest";
import { unitsOf } from "../../bench/capacity.ts";
import { juneStory } from "../../bench/story.ts";
import { definition } from "../../bench/story-cost.ts";
import { synthesizedTables } from "../../bench/synthesis.ts";
import { dynamodbLocal } from "./start.ts";

test("June's story costs what the capacity function counts, each operation in total and per index", async () => {
  const tables = synthesizedTables();
  const story = await juneStory(await dynamodbLocal());
  // DynamoDB Local says that a query which finds nothing is free; DynamoDB bills the least there is.
  const told = story.filter(({ told, name, found }) => told !== undefined && (name !== "Query" || found.length > 0));
  expect(told.length).toBeGreaterThan(60);
  const counted = told.map((operation) => {
    const { read, write, indexes } = unitsOf(operation, definition(tables, operation.table));
    const entries = Object.values(indexes).reduce((all, units) => all + units, 0);
    return {
      all: read + write + entries,
      indexes: operation.index === undefined ? indexes : { [operation.index]: read },
    };
  });
  const billed = told.map(({ told: { CapacityUnits, GlobalSecondaryIndexes = {} } }) => {
    const indexes = Object.entries<{ CapacityUnits: number }>(GlobalSecondaryIndexes);
    return { all: CapacityUnits, indexes: Object.fromEntries(indexes.map(([name, it]) => [name, it.CapacityUnits])) };
  });
  const what = told.map(({ step, name, before, after }) => `${step}: ${name} ${(after ?? before)?.["pk"]?.S}`);
  const named = (all: readonly object[]) => all.map((units, n) => ({ what: what[n], ...units }));
  expect(named(counted)).toEqual(named(billed));
}, 180_000);
