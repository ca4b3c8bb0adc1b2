import { expect, test } from "vitest";
import { functionNames } from "../../lib/functions.ts";
import { type Statement, statementsOf } from "./statements.ts";
import { of, one } from "./templates.ts";

const key: Statement = {
  actions: ["kms:Decrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyPairWithoutPlaintext"],
  on: ["DataKeys"],
};
const records: Statement[] = [
  { actions: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"], on: ["Records"] },
  {
    actions: ["dynamodb:Query"],
    on: ["Records", "Records/index/byParty", "Records/index/byPerson", "Records/index/due"],
  },
];
const uses: Statement = {
  actions: ["dynamodb:UpdateItem"],
  on: ["Records"],
  when: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["CONSENT#*"] } },
};
const guards: Statement = {
  actions: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  on: ["Guards"],
};
const keys: Statement[] = [
  { actions: ["dynamodb:GetItem"], on: ["Keys"] },
  {
    actions: ["dynamodb:PutItem"],
    on: ["Keys"],
    when: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["KEY#first*"] } },
  },
];
const every = (name: string): Statement[] => [
  { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], on: [`${name}Log`] },
  { actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], on: ["*"] },
];
const applications = ["ApnsApplicationArn", "FcmApplicationArn"];
const endpoints = ["ApnsApplicationArn:endpoint/*", "FcmApplicationArn:endpoint/*"];
const wanted: Readonly<Record<(typeof functionNames)[number], readonly Statement[]>> = {
  discovery: [
    {
      actions: ["dynamodb:GetItem"],
      on: ["Records"],
      when: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["DEFINITION#*"] } },
    },
    {
      actions: ["dynamodb:Query"],
      on: ["Records/index/byParty"],
      when: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["definitions"] } },
    },
    ...keys,
    { actions: ["kms:GenerateDataKeyPairWithoutPlaintext"], on: ["DataKeys"] },
  ],
  authorize: [...records, guards, ...keys, key],
  token: [...records, uses, guards, ...keys, key],
  introspect: [...records, uses, guards, ...keys, key],
  register: [...records, ...keys, key],
  protection: [...records, guards, ...keys, key],
  wallet: [
    ...records,
    guards,
    ...keys,
    key,
    { actions: ["sns:CreatePlatformEndpoint"], on: ["ApnsApplicationArn", "FcmApplicationArn"] },
    { actions: ["sns:DeleteEndpoint", "sns:GetEndpointAttributes", "sns:SetEndpointAttributes"], on: endpoints },
  ],
  operator: [...records, guards, ...keys, key],
  notify: [
    ...records,
    guards,
    ...keys,
    key,
    { actions: ["sns:Publish"], on: endpoints },
    {
      actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
      on: ["Records/stream"],
    },
    { actions: ["dynamodb:ListStreams"], on: ["*"] },
    { actions: ["s3:ListBucket"], on: ["FailedEvents"] },
    { actions: ["s3:PutObject"], on: ["FailedEvents/*"] },
    { actions: ["sqs:SendMessage"], on: ["Deliveries"] },
  ],
  deliver: [
    ...records,
    guards,
    ...keys,
    key,
    { actions: ["sns:Publish"], on: endpoints },
    { actions: ["sns:DeleteEndpoint", "sns:GetEndpointAttributes"], on: endpoints },
    { actions: ["sqs:SendMessage"], on: ["Deliveries"] },
    {
      actions: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
      on: ["Deliveries"],
    },
  ],
  due: records,
  erase: [
    ...records,
    guards,
    { actions: ["dynamodb:Scan"], on: ["Guards"] },
    ...keys,
    key,
    { actions: ["sns:DeleteEndpoint", "sns:GetEndpointAttributes"], on: endpoints },
  ],
  endpoints: [
    ...records,
    { actions: ["sns:DeleteEndpoint", "sns:GetEndpointAttributes"], on: endpoints },
    { actions: ["sns:ListEndpointsByPlatformApplication"], on: applications },
  ],
  keys: [
    ...keys,
    {
      actions: ["dynamodb:PutItem"],
      on: ["Keys"],
      when: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["KEY#token*"] } },
    },
    { actions: ["kms:GenerateDataKeyPairWithoutPlaintext"], on: ["DataKeys"] },
  ],
};

test.each(functionNames)("%s may do this and nothing else", (name) => {
  const id = name[0]?.toUpperCase() + name.slice(1);
  const role = one("FpxApi", "AWS::IAM::Role", `${id}Role`);
  expect(role).not.toHaveProperty("ManagedPolicyArns");
  expect(statementsOf(role)).toEqual([...wanted[name], ...every(id)]);
});

test("design §4 the ring of the token keys is written by keys alone, which cannot open one", () => {
  const writing = functionNames.filter((name) => JSON.stringify(wanted[name]).includes("KEY#token"));
  expect(writing).toEqual(["keys"]);
  expect(JSON.stringify(wanted.keys)).not.toContain("kms:Decrypt");
});

test("no role has another policy beside its own", () => {
  expect(of("FpxApi", "AWS::IAM::Policy")).toEqual([]);
  expect(of("FpxApi", "AWS::IAM::Role")).toHaveLength(functionNames.length);
});
