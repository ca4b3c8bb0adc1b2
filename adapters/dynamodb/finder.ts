import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Link, Resource } from "../../core/link.ts";
import type { LinkWithResources } from "../../core/records.ts";
import type { Finder } from "../../core/store.ts";

const RESOURCE = "RESOURCE#";

/** The three indexes. They project keys only, so an answer is a list of ids. */
export function dynamodbFinder(client: DynamoDBDocumentClient, TableName: string): Finder {
  const ids = async (query: Omit<QueryCommandInput, "TableName">) => {
    const { Items = [] } = await client.send(new QueryCommand({ TableName, Limit: 100, ...query }));
    return Items.map(({ pk }) => String(pk).slice(String(pk).indexOf("#") + 1));
  };
  const sorted = (IndexName: string, key: string, value: string, kind: string) =>
    ids({
      IndexName,
      KeyConditionExpression: "#key = :value AND begins_with(sort, :kind)",
      ExpressionAttributeNames: { "#key": key },
      ExpressionAttributeValues: { ":value": value, ":kind": `${kind}#` },
      ScanIndexForward: false,
    });

  return {
    ofPerson: (person, kind) => sorted("byPerson", "person", person, kind),
    ofParty: (party, kind) => sorted("byParty", "party", party, kind),
    due: (before) =>
      ids({
        IndexName: "due",
        KeyConditionExpression: "due = :due AND dueAt <= :before",
        ExpressionAttributeValues: { ":due": "due", ":before": before },
      }),
  };
}

/** One strongly consistent query of the Link's partition. */
export function dynamodbLinkWithResources(client: DynamoDBDocumentClient, TableName: string): LinkWithResources {
  return async (id) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :link",
        ExpressionAttributeValues: { ":link": `LINK#${id}` },
      }),
    );
    const beneath = Items.filter(({ sk }) => String(sk).startsWith(RESOURCE));
    return {
      link: Items.find(({ sk }) => sk === "LINK")?.["value"] as Link | undefined,
      resources: beneath.map(({ sk, value }) => ({
        id: `${id}.${String(sk).slice(RESOURCE.length)}`,
        resource: value as Resource,
      })),
    };
  };
}
