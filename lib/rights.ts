import { PolicyStatement, type PolicyStatementProps } from "aws-cdk-lib/aws-iam";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Right } from "./functions.ts";
import type { PlatformApplication } from "./parameters.ts";
import type { StateStack } from "./state-stack.ts";

const itemActions = {
  read: ["dynamodb:GetItem"],
  write: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
  count: ["dynamodb:UpdateItem"],
  find: ["dynamodb:Query"],
};

export interface Granted {
  readonly state: StateStack;
  readonly applications: readonly PlatformApplication[];
  /** Where failed stream events are kept. */
  readonly failures: IBucket;
  readonly deliveries: IQueue;
}

/** The least each right needs: actions, resources and conditions, with no wildcard but those AWS leaves no choice about. */
export function statements({ state, applications, failures, deliveries }: Granted) {
  const { records, guards, keys, key } = state;
  const indexes = state.indexNames.map((name) => `${records.tableArn}/index/${name}`);
  const table: Readonly<Record<Right, readonly PolicyStatementProps[]>> = {
    records: [
      { actions: [...itemActions.read, ...itemActions.write], resources: [records.tableArn] },
      { actions: itemActions.find, resources: [records.tableArn, ...indexes] },
    ],
    // Counts beneath a consent; everything else of it is replaced as a whole.
    uses: [
      {
        actions: itemActions.count,
        resources: [records.tableArn],
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["CONSENT#*"] } },
      },
    ],
    // What anyone may know: the kinds of data, and nothing of a person or party.
    definitions: [
      {
        actions: itemActions.read,
        resources: [records.tableArn],
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["DEFINITION#*"] } },
      },
      {
        actions: itemActions.find,
        resources: [`${records.tableArn}/index/byParty`],
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["definitions"] } },
      },
    ],
    guards: [
      { actions: [...itemActions.read, ...itemActions.write, ...itemActions.count], resources: [guards.tableArn] },
    ],
    scanGuards: [{ actions: ["dynamodb:Scan"], resources: [guards.tableArn] }],
    keys: [
      { actions: itemActions.read, resources: [keys.tableArn] },
      {
        actions: ["dynamodb:PutItem"],
        resources: [keys.tableArn],
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["KEY#first*"] } },
      },
    ],
    tokenKeyRing: [
      {
        actions: ["dynamodb:PutItem"],
        resources: [keys.tableArn],
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["KEY#token*"] } },
      },
    ],
    tokenKeyPair: [{ actions: ["kms:GenerateDataKeyPairWithoutPlaintext"], resources: [key.keyArn] }],
    dataKeys: [
      {
        actions: ["kms:GenerateDataKey", "kms:GenerateDataKeyPairWithoutPlaintext", "kms:Decrypt"],
        resources: [key.keyArn],
      },
    ],
    pushEndpoints: [
      { actions: ["sns:CreatePlatformEndpoint"], resources: applications.map(({ arn }) => arn) },
      {
        actions: ["sns:GetEndpointAttributes", "sns:SetEndpointAttributes", "sns:DeleteEndpoint"],
        resources: applications.map(({ endpoints }) => endpoints),
      },
    ],
    mendEndpoints: [
      {
        actions: ["sns:GetEndpointAttributes", "sns:DeleteEndpoint"],
        resources: applications.map(({ endpoints }) => endpoints),
      },
    ],
    listEndpoints: [
      { actions: ["sns:ListEndpointsByPlatformApplication"], resources: applications.map(({ arn }) => arn) },
    ],
    push: [{ actions: ["sns:Publish"], resources: applications.map(({ endpoints }) => endpoints) }],
    stream: [
      {
        actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
        resources: [state.recordsStreamArn],
      },
      // The action takes no resource.
      { actions: ["dynamodb:ListStreams"], resources: ["*"] },
      { actions: ["s3:ListBucket"], resources: [failures.bucketArn] },
      { actions: ["s3:PutObject"], resources: [failures.arnForObjects("*")] },
    ],
    sendDeliveries: [{ actions: ["sqs:SendMessage"], resources: [deliveries.queueArn] }],
    takeDeliveries: [
      {
        actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
        resources: [deliveries.queueArn],
      },
    ],
  };
  return (rights: readonly Right[]) => rights.flatMap((right) => table[right].map((row) => new PolicyStatement(row)));
}
