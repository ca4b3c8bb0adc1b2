import middy from "@middy/core";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { followed, notFollowed } from "../events.ts";

export interface Stream {
  /** By `"<kind> <state>"`, the record's new state. It reads the record again, and may come more than once. */
  readonly follow: (name: string) => ((id: string) => Promise<string | number>) | undefined;
  /** One that failed is tried again elsewhere, so that no record behind it waits (operations C4). */
  readonly putOff: (name: string, id: string) => Promise<void>;
}

/** A consumer of the records table's stream, in order. Only a record that could not even be put off is where the batch comes again (ReportBatchItemFailures). */
export function streamFunction(
  stream: Stream,
): (event: DynamoDBStreamEvent, context: unknown) => Promise<DynamoDBBatchResponse> {
  const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(async ({ Records }) => {
    for (const record of Records) {
      const failed = await followedOrPutOff(stream, record);
      if (failed !== undefined) return { batchItemFailures: [{ itemIdentifier: failed }] };
    }
    return { batchItemFailures: [] };
  });
  return (event, context) => handler(event, context as never);
}

/** The sequence number of a record that neither was followed nor put off. Only a new state has an effect. */
async function followedOrPutOff(stream: Stream, { dynamodb }: DynamoDBRecord): Promise<string | undefined> {
  const { NewImage, OldImage, SequenceNumber } = dynamodb ?? {};
  const state = NewImage?.["state"]?.S;
  const name = `${NewImage?.["kind"]?.S} ${state}`;
  const pk = NewImage?.["pk"]?.S ?? "";
  const id = pk.slice(pk.indexOf("#") + 1);
  const follow = stream.follow(name);
  if (follow === undefined || state === OldImage?.["state"]?.S) return undefined;
  try {
    followed(name, id, await follow(id));
  } catch (error) {
    notFollowed(id, error);
    return stream.putOff(name, id).then(
      () => undefined,
      () => SequenceNumber,
    );
  }
  return undefined;
}
