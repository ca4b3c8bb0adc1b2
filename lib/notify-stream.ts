import { Duration } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, S3OnFailureDestination } from "aws-cdk-lib/aws-lambda-event-sources";
import type { IBucket } from "aws-cdk-lib/aws-s3";

const image = (kind: string, ...states: readonly string[]) => ({
  dynamodb: {
    NewImage: {
      kind: { S: FilterRule.isEqual(kind) },
      ...(states.length > 0 && { state: { S: FilterRule.or(...states) } }),
    },
  },
});

/** What notify hears: new requests, and consents that wait for a person or were just answered by one. */
const filters = [
  { eventName: FilterRule.isEqual("INSERT"), ...image("request") },
  image("consent", "requested", "declined"),
  { dynamodb: { ...image("consent", "active").dynamodb, OldImage: { state: { S: FilterRule.isEqual("requested") } } } },
];

/** The records table's stream for notify; what fails five times, or for twelve hours, goes to the bucket as a whole. */
export const notifyStream = (records: ITable, failures: IBucket) =>
  new DynamoEventSource(records, {
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 10,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 5,
    maxRecordAge: Duration.hours(12),
    onFailure: new S3OnFailureDestination(failures),
    filters: filters.map((filter) => ({ pattern: JSON.stringify(filter) })),
  });
