import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { KeptKey, KeptKeys } from "../../core/kept-key.ts";
import { holds } from "./store.ts";

/** The keys table. */
export function dynamodbKeys(client: DynamoDBDocumentClient, TableName: string): KeptKeys {
  const first = (purpose: string) => `KEY#first#${purpose}`;
  const find = async (purpose: string) => {
    const { Item } = await client.send(
      new GetCommand({ TableName, Key: { pk: first(purpose) }, ConsistentRead: true }),
    );
    return Item?.["value"] as KeptKey | undefined;
  };
  return {
    find,
    async insertFirst(purpose, value) {
      const put = new PutCommand({
        TableName,
        Item: { pk: first(purpose), value },
        ConditionExpression: "attribute_not_exists(pk)",
      });
      if (await holds(client.send(put))) return value;
      const winner = await find(purpose);
      if (winner === undefined) throw new Error(`the first ${purpose} key vanished`);
      return winner;
    },
  };
}
