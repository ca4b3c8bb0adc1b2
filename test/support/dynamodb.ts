import {
  type AttributeDefinition,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
} from "@aws-sdk/client-dynamodb";
import dynaliteServer from "dynalite";

/** A DynamoDB on this machine with the tables of the exchange (docs/architecture.md). */
export interface LocalDynamoDB {
  readonly endpoint: string;
  client(): DynamoDBClient;
  createRecords(): Promise<string>;
  createGuards(): Promise<string>;
  createKeys(): Promise<string>;
  close(): Promise<void>;
}

const key = (hash: string, range?: string): KeySchemaElement[] => [
  { AttributeName: hash, KeyType: "HASH" },
  ...(range === undefined ? [] : [{ AttributeName: range, KeyType: "RANGE" as const }]),
];
const attributes = (types: Record<string, "S" | "N">): AttributeDefinition[] =>
  Object.entries(types).map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
const index = (IndexName: string, hash: string, range: string): GlobalSecondaryIndex => ({
  IndexName,
  KeySchema: key(hash, range),
  Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["kind", "state"] },
});

/** The same tables on any endpoint: dynalite or DynamoDB Local. */
export function localDynamoDB(endpoint: string, close: () => Promise<void>): LocalDynamoDB {
  const client = () =>
    new DynamoDBClient({
      endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
  const admin = client();
  let tables = 0;
  const create = async (
    purpose: string,
    AttributeDefinitions: AttributeDefinition[],
    KeySchema: KeySchemaElement[],
    GlobalSecondaryIndexes?: GlobalSecondaryIndex[],
  ) => {
    const TableName = `${purpose}-${tables++}`;
    await admin.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions,
        KeySchema,
        GlobalSecondaryIndexes,
        BillingMode: "PAY_PER_REQUEST",
      }),
    );
    while ((await admin.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus !== "ACTIVE")
      await new Promise((soon) => setTimeout(soon, 5));
    return TableName;
  };
  return {
    endpoint,
    client,
    createRecords: () =>
      create(
        "records",
        attributes({ pk: "S", sk: "S", person: "S", party: "S", sort: "S", due: "S", dueAt: "N" }),
        key("pk", "sk"),
        [index("byPerson", "person", "sort"), index("byParty", "party", "sort"), index("due", "due", "dueAt")],
      ),
    createGuards: () => create("guards", attributes({ pk: "S" }), key("pk")),
    createKeys: () => create("keys", attributes({ pk: "S" }), key("pk")),
    close,
  };
}

/** A DynamoDB that lives in this process. */
export async function dynalite(): Promise<LocalDynamoDB> {
  const server = dynaliteServer({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as { port: number };
  return localDynamoDB(`http://127.0.0.1:${port}`, () => new Promise((closed) => server.close(() => closed())));
}
