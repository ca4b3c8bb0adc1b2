import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Kind, RegisteredStore, Stored } from "../../core/store.ts";

/** One item per aggregate; `revision` makes every write a compare-and-set, `writer` tells our own lost answer from somebody else's write. */
export function dynamodbStore<T>(client: DynamoDBDocumentClient, TableName: string, kind: Kind<T>): RegisteredStore<T> {
  const read = async (id: string, ConsistentRead = true) =>
    (await client.send(new GetCommand({ TableName, Key: kind.key(id), ConsistentRead }))).Item;

  const write = async (id: string, value: T, revision: number, condition: Condition) => {
    const writer = crypto.randomUUID();
    const Item = { ...kind.key(id), kind: kind.name, ...kind.index(value), value, revision, writer };
    if (await holds(client.send(new PutCommand({ TableName, Item, ...condition })))) return true;
    return (await read(id))?.["writer"] === writer;
  };

  return {
    async find(id) {
      const item = await read(id);
      return item && { value: item["value"] as T, revision: item["revision"] as number };
    },
    async glance(id) {
      return (await read(id, false))?.["value"] as T | undefined;
    },
    async insert(id, value) {
      return (await write(id, value, 0, { ConditionExpression: "attribute_not_exists(pk)" })) ? "inserted" : "exists";
    },
    async replace(id, current, next) {
      return (await write(id, next, current.revision + 1, revisionIs(current))) ? "replaced" : "conflict";
    },
    async remove(id, current) {
      const removal = client.send(new DeleteCommand({ TableName, Key: kind.key(id), ...revisionIs(current) }));
      return (await holds(removal)) || (await read(id)) === undefined ? "removed" : "conflict";
    },
  };
}

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

/** Nobody replaced it since it was read. */
export function revisionIs({ revision }: Stored<unknown>): Condition {
  return { ConditionExpression: "revision = :revision", ExpressionAttributeValues: { ":revision": revision } };
}

/** Whether the condition of a write held. */
export async function holds(write: Promise<unknown>): Promise<boolean> {
  return (await write.catch(unlessConditionFailed)) !== undefined;
}

/** For `catch`: undefined if a condition failed, else the error goes on. */
export function unlessConditionFailed(error: unknown): undefined {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}
