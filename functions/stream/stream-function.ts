import middy from "@middy/core";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { followed, notFollowed } from "../events.ts";

/** What follows from a record's new state: `"<kind> <state>"`. Effects read the record again, and may come more than once. */
export type Effects = Readonly<Record<string, (id: string) => Promise<string | number>>>;

/** A consumer of the records table's stream. Records go in order; the first that fails is where the batch comes again (ReportBatchItemFailures). */
export function streamFunction(
  effects: Effects,
): (event: DynamoDBStreamEvent, context: unknown) => Promise<DynamoDBBatchResponse> {
  const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(async ({ Records }) => {
    for (const record of Records) {
      const failed = await follow(effects, record);
      if (failed !== undefined) return { batchItemFailures: [{ itemIdentifier: failed }] };
    }
    return { batchItemFailures: [] };
  });
  return (event, context) => handler(event, context as never);
}

/** The sequence number of a record whose effect failed. Only a new state has an effect. */
async function follow(effects: Effects, { dynamodb }: DynamoDBRecord): Promise<string | undefined> {
  const { NewImage, OldImage, SequenceNumber } = dynamodb ?? {};
  const state = NewImage?.["state"]?.S;
  const effect = `${NewImage?.["kind"]?.S} ${state}`;
  const pk = NewImage?.["pk"]?.S ?? "";
  const id = pk.slice(pk.indexOf("#") + 1);
  const run = effects[effect];
  if (run === undefined || state === OldImage?.["state"]?.S) return undefined;
  try {
    followed(effect, id, await run(id));
    return undefined;
  } catch (error) {
    notFollowed(id, error);
    return SequenceNumber;
  }
}
