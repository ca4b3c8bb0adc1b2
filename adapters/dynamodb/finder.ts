import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Resource } from "../../core/link.ts";
import type { ResourcesBeneath } from "../../core/records.ts";
import type { Finder } from "../../core/store.ts";

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

/** All of a Link's resources: one strongly consistent query of its partition (at most 1,000, UMA issue). */
export function dynamodbResourcesBeneath(client: DynamoDBDocumentClient, TableName: string): ResourcesBeneath {
  return async (link) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :link AND begins_with(sk, :resource)",
        ExpressionAttributeValues: { ":link": `LINK#${link}`, ":resource": "RESOURCE#" },
      }),
    );
    return Items.map(({ sk, value }) => ({
      id: `${link}.${String(sk).slice("RESOURCE#".length)}`,
      resource: value as Resource,
    }));
  };
}
