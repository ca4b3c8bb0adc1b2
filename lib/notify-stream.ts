import { Duration } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { FilterRule, MetricType, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, S3OnFailureDestination } from "aws-cdk-lib/aws-lambda-event-sources";
import type { IBucket } from "aws-cdk-lib/aws-s3";

const state = (...states: readonly string[]) => ({ state: { S: FilterRule.or(...states) } });
const consent = { kind: { S: FilterRule.isEqual("consent") } };

/** What notify hears: new requests, and consents that wait for a person, for the first time or with a change, come to mind, or were just answered by one; and what ended, for those who are told; and that somebody asks to recover an account. Lambda takes five filters. */
const filters = [
  { eventName: FilterRule.isEqual("INSERT"), dynamodb: { NewImage: { kind: { S: FilterRule.isEqual("request") } } } },
  { dynamodb: { NewImage: { ...consent, ...state("requested", "proposed", "reminded", "declined", "ended") } } },
  { dynamodb: { NewImage: { ...consent, ...state("active", "paused") }, OldImage: state("requested", "proposed") } },
  { dynamodb: { NewImage: { kind: { S: FilterRule.isEqual("link") }, ...state("unlinked") } } },
  { dynamodb: { NewImage: { kind: { S: FilterRule.isEqual("person") }, ...state("recovering") } } },
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
    // The alarm FailedEvents hears of nothing else.
    metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    onFailure: new S3OnFailureDestination(failures),
    filters: filters.map((filter) => ({ pattern: JSON.stringify(filter) })),
  });
