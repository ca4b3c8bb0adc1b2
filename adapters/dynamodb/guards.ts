import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateScan,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import type { Guards, GuardValue } from "../../core/store.ts";
import { holds, unlessConditionFailed } from "./store.ts";

const DAY = 86_400;

/** A day of grace before TTL may delete; what has ended does not count meanwhile (REL-15). */
const ending = (expiresAt: number) => ({ expiresAt, deleteAt: expiresAt + DAY });

/** Guards in their own table. `now` is read per call. */
export function dynamodbGuards(client: DynamoDBDocumentClient, TableName: string, now: () => number): Guards {
  const lasting = (item: Record<string, unknown> | undefined) =>
    item !== undefined && (item["expiresAt"] as number) > now() ? (item["value"] as GuardValue) : undefined;
  const read = async (pk: string) =>
    (await client.send(new GetCommand({ TableName, Key: { pk }, ConsistentRead: true }))).Item;

  return {
    async once(pk, expiresAt) {
      const writer = crypto.randomUUID();
      const put = new PutCommand({
        TableName,
        Item: { pk, writer, ...ending(expiresAt) },
        ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
        ExpressionAttributeValues: { ":now": now() },
      });
      if (await holds(client.send(put))) return "first";
      return (await read(pk))?.["writer"] === writer ? "first" : "seen";
    },
    async put(pk, value, expiresAt) {
      await client.send(new PutCommand({ TableName, Item: { pk, value, ...ending(expiresAt) } }));
    },
    async swap(pk, value, expiresAt) {
      const Item = { pk, value, ...ending(expiresAt) };
      return lasting((await client.send(new PutCommand({ TableName, Item, ReturnValues: "ALL_OLD" }))).Attributes);
    },
    async find(pk) {
      return lasting(await read(pk));
    },
    async claim(pk, claimant) {
      const update = new UpdateCommand({
        TableName,
        Key: { pk },
        UpdateExpression: "SET claimant = :claimant",
        ConditionExpression: "expiresAt > :now AND (attribute_not_exists(claimant) OR claimant = :claimant)",
        ExpressionAttributeValues: { ":claimant": claimant, ":now": now() },
        ReturnValues: "ALL_NEW",
      });
      const item = await client.send(update).catch(unlessConditionFailed);
      return item?.Attributes?.["value"] as GuardValue | undefined;
    },
    async forget(names) {
      const isNamed = (item: object) => names.some((name) => JSON.stringify(item).includes(name));
      const all = { TableName, ProjectionExpression: "pk, #value", ExpressionAttributeNames: { "#value": "value" } };
      for await (const { Items = [] } of paginateScan({ client }, all))
        for (const { pk } of Items.filter(isNamed)) await client.send(new DeleteCommand({ TableName, Key: { pk } }));
    },
    async count(pk, expiresAt) {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName,
          Key: { pk },
          UpdateExpression: "SET expiresAt = :expiresAt, deleteAt = :deleteAt ADD n :one",
          ExpressionAttributeValues: { ":expiresAt": expiresAt, ":deleteAt": expiresAt + DAY, ":one": 1 },
          ReturnValues: "UPDATED_NEW",
        }),
      );
      return Number(Attributes?.["n"]);
    },
  };
}
