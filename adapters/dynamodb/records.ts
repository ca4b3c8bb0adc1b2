import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type Records, recordStores } from "../../core/records.ts";
import { dynamodbFinder, dynamodbLinkWithResources } from "./finder.ts";
import { dynamodbSignIns } from "./sign-ins.ts";
import { dynamodbStore } from "./store.ts";
import { dynamodbUses } from "./uses.ts";

/** All records in one table (docs/data-model.md). */
export function dynamodbRecords(client: DynamoDBDocumentClient, table: string): Records {
  return {
    ...recordStores((kind) => dynamodbStore(client, table, kind)),
    uses: dynamodbUses(client, table),
    signIns: dynamodbSignIns(client, table),
    find: dynamodbFinder(client, table),
    linkWithResources: dynamodbLinkWithResources(client, table),
  };
}
