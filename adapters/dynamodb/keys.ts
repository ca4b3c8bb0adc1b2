import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { KeptKey, KeptKeys, KeptRing } from "../../core/kept-key.ts";
import type { TokenKeyRing } from "../../core/token-key-ring.ts";
import { holds, revisionIs } from "./store.ts";

/** All of it is one item, so one read finds the key in use, and one conditional write turns it. */
const RING = "KEY#token#ring";

/** The keys table. */
export function dynamodbKeys(client: DynamoDBDocumentClient, TableName: string): KeptKeys & KeptRing {
  const first = (purpose: string) => `KEY#first#${purpose}`;
  const read = async (pk: string) =>
    (await client.send(new GetCommand({ TableName, Key: { pk }, ConsistentRead: true }))).Item;
  const find = async (purpose: string) => (await read(first(purpose)))?.["value"] as KeptKey | undefined;
  const absent = { ConditionExpression: "attribute_not_exists(pk)" };

  return {
    find,
    async insertFirst(purpose, value) {
      const put = new PutCommand({ TableName, Item: { pk: first(purpose), value }, ...absent });
      if (await holds(client.send(put))) return value;
      const winner = await find(purpose);
      if (winner === undefined) throw new Error(`the first ${purpose} key vanished`);
      return winner;
    },
    async findRing() {
      const item = await read(RING);
      return item && { value: item["value"] as TokenKeyRing, revision: item["revision"] as number };
    },
    async replaceRing(current, value) {
      const Item = { pk: RING, value, revision: (current?.revision ?? 0) + 1 };
      const condition = current === undefined ? absent : revisionIs(current);
      return (await holds(client.send(new PutCommand({ TableName, Item, ...condition })))) ? "replaced" : "conflict";
    },
  };
}
