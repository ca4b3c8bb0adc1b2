import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { dynamodbFinder, dynamodbLinkWithResources } from "../../adapters/dynamodb/finder.ts";
import { dynamodbGuards } from "../../adapters/dynamodb/guards.ts";
import { dynamodbSignIns } from "../../adapters/dynamodb/sign-ins.ts";
import { dynamodbStore } from "../../adapters/dynamodb/store.ts";
import { dynamodbUses } from "../../adapters/dynamodb/uses.ts";
import { resourceKind } from "../../core/link.ts";
import type { LocalDynamoDB } from "../support/dynamodb.ts";
import { guardsContract, signInsContract, storeContract, thingKind, usesContract } from "./store.ts";

/** The contracts and what only a DynamoDB can show, for dynalite and for DynamoDB Local alike. */
export function dynamodbContract(name: string, dynamodb: LocalDynamoDB) {
  const documents = () => DynamoDBDocumentClient.from(dynamodb.client());
  storeContract(name, async () => dynamodbStore(documents(), await dynamodb.createRecords(), thingKind));
  guardsContract(name, async (now) => dynamodbGuards(documents(), await dynamodb.createGuards(), now));

  signInsContract(name, async () => dynamodbSignIns(documents(), await dynamodb.createRecords()));
  usesContract(name, async () => dynamodbUses(documents(), await dynamodb.createRecords()));

  describe(`DynamoDB: ${name}`, () => {
    test("REL-10 a write whose first answer was lost is still ours", async () => {
      const table = await dynamodb.createRecords();
      const losing = () => dynamodbStore(DynamoDBDocumentClient.from(losingFirstAnswer(dynamodb)), table, thingKind);
      expect(await losing().insert("a", { n: 0 })).toBe("inserted");
      const store = dynamodbStore(documents(), table, thingKind);
      const stored = await store.find("a");
      if (stored === undefined) throw new Error("not found");
      expect(await losing().replace("a", stored, { n: 1 })).toBe("replaced");
      expect(await store.find("a")).toEqual({ value: { n: 1 }, revision: 1 });
      expect(await losing().replace("a", stored, { n: 2 })).toBe("conflict");

      const guards = () =>
        dynamodbGuards(DynamoDBDocumentClient.from(losingFirstAnswer(dynamodb)), guardsTable, () => 1);
      const guardsTable = await dynamodb.createGuards();
      expect(await guards().once("ONCE#a", 60)).toBe("first");
      expect(await guards().once("ONCE#a", 60)).toBe("seen");
    });
    test("REL-14 indexes find ids, newest first, of one kind", async () => {
      const table = await dynamodb.createRecords();
      const store = dynamodbStore(documents(), table, thingKind);
      await store.insert("a", { n: 0, owner: "june" });
      await store.insert("b", { n: 0, owner: "bob" });
      const find = dynamodbFinder(documents(), table);
      await expect.poll(() => find.ofPerson("june", "thing")).toEqual(["a"]);
      expect(await find.ofPerson("june", "consent")).toEqual([]);
    });
    test("every resource beneath a Link is found, also where one answer of the table (1 MB) does not hold them", async () => {
      const table = await dynamodb.createRecords();
      const store = dynamodbStore(documents(), table, resourceKind);
      const description = "x".repeat(390_000);
      const resource = { type: "t", resource_scopes: ["read"], description, registeredAt: 1 };
      const ids = Array.from({ length: 8 }, (_, n) => `link.${n}`);
      for (const id of ids) await store.insert(id, resource);
      const { resources } = await dynamodbLinkWithResources(documents(), table)("link");
      expect(resources.map(({ id }) => id)).toEqual(ids);
    });
    test("everything of a person is found, however much it is", async () => {
      const table = await dynamodb.createRecords();
      const store = dynamodbStore(documents(), table, thingKind);
      const ids = Array.from({ length: 120 }, (_, n) => `thing ${n}`);
      for (const id of ids) await store.insert(id, { n: 0, owner: "june" });
      const find = dynamodbFinder(documents(), table);
      await expect.poll(async () => [...(await find.everyOfPerson("june", "thing"))].sort()).toEqual([...ids].sort());
      expect(await find.ofPerson("june", "thing")).toHaveLength(100);
    });
  });
}

/** A client that does the first write and then reports a broken connection, as a lost answer looks to the SDK, which tries again. */
function losingFirstAnswer(dynamodb: LocalDynamoDB) {
  const client = dynamodb.client();
  let lost = false;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      if (lost) return result;
      lost = true;
      throw Object.assign(new Error("socket hang up"), { name: "TimeoutError" });
    },
    { step: "deserialize", priority: "low" },
  );
  return client;
}
