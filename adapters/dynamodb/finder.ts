import {
  type DynamoDBDocumentClient,
  paginateQuery,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { Link, Resource } from "../../core/link.ts";
import type { LinkWithResources } from "../../core/records.ts";
import type { Finder, Page, Wanted } from "../../core/store.ts";

const RESOURCE = "RESOURCE#";
const PAGE = 50;

/** The three indexes. They project keys, kind and state, so an answer is a list of ids. */
export function dynamodbFinder(client: DynamoDBDocumentClient, TableName: string): Finder {
  const ids = async (query: Omit<QueryCommandInput, "TableName">) => {
    const { Items = [] } = await client.send(new QueryCommand({ TableName, Limit: 100, ...query }));
    return Items.map(idOf);
  };
  const sorted = (index: string, key: string, value: string, kind: string) => ids(ofOwner(index, key, value, kind));

  /** A filter looks at what a query found, so it goes on until a page is full. */
  async function pageOfPerson(person: string, kind: string, { states, after }: Wanted): Promise<Page> {
    const items: Record<string, unknown>[] = [];
    let ExclusiveStartKey = keyOf(person, kind, after);
    do {
      const query = new QueryCommand({
        TableName,
        IndexName: "byPerson",
        Limit: 2 * PAGE,
        KeyConditionExpression: "person = :person AND begins_with(sort, :kind)",
        FilterExpression: `#state IN (${states.map((_, n) => `:state${n}`).join(", ")})`,
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: {
          ":person": person,
          ":kind": `${kind}#`,
          ...Object.fromEntries(states.map((state, n) => [`:state${n}`, state])),
        },
        ScanIndexForward: false,
        ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }),
      });
      const { Items = [], LastEvaluatedKey } = await client.send(query);
      items.push(...Items);
      ExclusiveStartKey = LastEvaluatedKey;
    } while (items.length <= PAGE && ExclusiveStartKey !== undefined);
    const page = items.slice(0, PAGE);
    const last = page.at(-1);
    return {
      ids: page.map(idOf),
      ...(last !== undefined && items.length > PAGE && { next: [last["sort"], last["pk"], last["sk"]].join(" ") }),
    };
  }

  return {
    pageOfPerson,
    ofPerson: (person, kind) => sorted("byPerson", "person", person, kind),
    everyOfPerson: async (person, kind) => {
      const pages = paginateQuery({ client }, { TableName, ...ofOwner("byPerson", "person", person, kind) });
      const found: string[] = [];
      for await (const { Items = [] } of pages) found.push(...Items.map(idOf));
      return found;
    },
    ofParty: (party, kind) => sorted("byParty", "party", party, kind),
    due: (before, which = "due") =>
      ids({
        IndexName: "due",
        KeyConditionExpression: "due = :due AND dueAt <= :before",
        ExpressionAttributeValues: { ":due": which, ":before": before },
      }),
  };
}

function idOf({ pk }: Record<string, unknown>): string {
  return String(pk).slice(String(pk).indexOf("#") + 1);
}

/** Where a page ended, of this person and kind alone, whoever says it did. */
function keyOf(person: string, kind: string, after = ""): Record<string, unknown> | undefined {
  const [sort = "", pk = "", sk = ""] = after.split(" ");
  const fits = sort.startsWith(`${kind}#`) && /^[A-Z]+#[\w-]{1,64}$/.test(pk) && /^[A-Z]+$/.test(sk);
  return fits ? { person, sort, pk, sk } : undefined;
}

const ofOwner = (IndexName: string, key: string, value: string, kind: string) => ({
  IndexName,
  KeyConditionExpression: "#key = :value AND begins_with(sort, :kind)",
  ExpressionAttributeNames: { "#key": key },
  ExpressionAttributeValues: { ":value": value, ":kind": `${kind}#` },
  ScanIndexForward: false,
});

/** A query of the Link's partition, page by page where it is a large one. */
export function dynamodbLinkWithResources(client: DynamoDBDocumentClient, TableName: string): LinkWithResources {
  return async (id, how) => {
    const query = {
      TableName,
      ConsistentRead: how !== "at a glance",
      KeyConditionExpression: "pk = :link",
      ExpressionAttributeValues: { ":link": `LINK#${id}` },
    };
    const items: Record<string, unknown>[] = [];
    for await (const { Items = [] } of paginateQuery({ client }, query)) items.push(...Items);
    const beneath = items.filter(({ sk }) => String(sk).startsWith(RESOURCE));
    return {
      link: items.find(({ sk }) => sk === "LINK")?.["value"] as Link | undefined,
      resources: beneath.map(({ sk, value }) => ({
        id: `${id}.${String(sk).slice(RESOURCE.length)}`,
        resource: value as Resource,
      })),
    };
  };
}
