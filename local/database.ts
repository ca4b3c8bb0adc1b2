import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import { type Json, type Resource, region } from "./assembly.ts";

/** The embedded DynamoDB, with the tables of the templates; without a folder it is in memory. */
export async function database(tables: readonly Resource[], folder?: string) {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0, ...(folder && { path: folder }) });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  for (const { name, properties } of tables)
    await client.send(new CreateTableCommand(definition(name, properties))).catch((error: Error) => {
      if (error.name !== "ResourceInUseException") throw error;
    });
  client.destroy();
  return {
    port,
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  };
}

/** Key attributes of each table that has a stream. */
export const streamed = (tables: readonly Resource[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    tables
      .filter(({ properties }) => properties.StreamSpecification !== undefined)
      .map(({ name, properties }) => [name, properties.KeySchema.map(({ AttributeName }: Json) => AttributeName)]),
  );

const definition = (TableName: string, properties: Json): CreateTableCommandInput => ({
  TableName,
  AttributeDefinitions: properties.AttributeDefinitions,
  KeySchema: properties.KeySchema,
  BillingMode: "PAY_PER_REQUEST",
  ...(properties.GlobalSecondaryIndexes && {
    GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }: Json) => ({
      IndexName,
      KeySchema,
      Projection,
    })),
  }),
});
