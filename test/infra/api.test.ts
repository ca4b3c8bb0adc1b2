import { expect, test } from "vitest";
import { routes } from "../../functions/routes.ts";
import { functionNames, functions } from "../../lib/functions.ts";
import { construct, type Json, of, templates } from "./templates.ts";

const functionOf = (arn: Json): string => construct(arn["Fn::GetAtt"][0]).toLowerCase();

test("every path is routed once, for every method, to its function; $default goes to discovery", () => {
  const integrations = new Map(
    of("FpxApi", "AWS::ApiGatewayV2::Integration").map(([id, properties]) => [
      id,
      functionOf(properties.IntegrationUri),
    ]),
  );
  const routed = of("FpxApi", "AWS::ApiGatewayV2::Route").map(([, properties]) => [
    properties.RouteKey,
    integrations.get(properties.Target["Fn::Join"][1][1].Ref),
  ]);
  const wanted = new Map(routes.map((route) => [`ANY ${route.path}`, route.function as string]));
  expect(Object.fromEntries(routed)).toEqual({ ...Object.fromEntries(wanted), $default: "discovery" });
  expect(routed).toHaveLength(wanted.size + 1);
});

test("API Gateway may invoke each function that has a route, and the one of $default without a path", () => {
  const permitted = of("FpxApi", "AWS::Lambda::Permission")
    .filter(([, properties]) => properties.Principal === "apigateway.amazonaws.com")
    .map(([, properties]) => [functionOf(properties.FunctionName), properties.SourceArn["Fn::Join"][1].at(-1)]);
  expect(new Set(permitted.map(([name]) => name))).toEqual(new Set(routes.map((route) => route.function)));
  expect(permitted).toContainEqual(["discovery", "/*/*"]);
});

test("requests are throttled and logged by route, without path, address or query", () => {
  const [[, stage] = []] = of("FpxApi", "AWS::ApiGatewayV2::Stage");
  expect(stage.DefaultRouteSettings).toMatchObject({
    ThrottlingBurstLimit: 1000,
    ThrottlingRateLimit: 500,
  });
  expect(stage.AccessLogSettings.Format).not.toMatch(/path|sourceIp|userAgent|query|identity/i);
});

test("functions run on Node 24, arm64, traced, with a log that ends", () => {
  const functions = of("FpxApi", "AWS::Lambda::Function");
  expect(functions).toHaveLength(functionNames.length);
  for (const [id, properties] of functions) {
    expect(properties, id).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
      TracingConfig: { Mode: "Active" },
    });
    const log = templates.FpxApi.Resources[properties.LoggingConfig.LogGroup.Ref];
    expect(log.Properties.RetentionInDays, id).toBe(30);
  }
});

const mappingOf = (name: string): Json =>
  of("FpxApi", "AWS::Lambda::EventSourceMapping").find(
    ([, { FunctionName }]) => construct(FunctionName.Ref) === name,
  )?.[1];

test("notify hears new requests and consents that wait; what fails five times is kept whole", () => {
  const mapping = mappingOf("Notify");
  expect(mapping).toMatchObject({
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ["ReportBatchItemFailures"],
    MaximumRetryAttempts: 5,
    MaximumRecordAgeInSeconds: 12 * 60 * 60,
    StartingPosition: "TRIM_HORIZON",
    DestinationConfig: {
      OnFailure: { Destination: { "Fn::GetAtt": [expect.stringMatching(/^FailedEvents/), "Arn"] } },
    },
  });
  expect(mapping.FilterCriteria.Filters.map(({ Pattern }: Json) => JSON.parse(Pattern))).toEqual([
    { eventName: ["INSERT"], dynamodb: { NewImage: { kind: { S: ["request"] } } } },
    {
      dynamodb: {
        NewImage: {
          kind: { S: ["consent"] },
          state: { S: ["requested", "proposed", "reminded", "declined", "ended"] },
        },
      },
    },
    {
      dynamodb: {
        NewImage: { kind: { S: ["consent"] }, state: { S: ["active", "paused"] } },
        OldImage: { state: { S: ["requested", "proposed"] } },
      },
    },
    { dynamodb: { NewImage: { kind: { S: ["link"] }, state: { S: ["unlinked"] } } } },
    { dynamodb: { NewImage: { kind: { S: ["person"] }, state: { S: ["recovering"] } } } },
  ]);
});

test("deliver takes from a queue that is encrypted, speaks TLS alone, and puts apart what cannot be worked on", () => {
  expect(mappingOf("Deliver")).toMatchObject({
    BatchSize: 10,
    FunctionResponseTypes: ["ReportBatchItemFailures"],
    ScalingConfig: { MaximumConcurrency: 50 },
    EventSourceArn: { "Fn::GetAtt": [expect.stringMatching(/^Deliveries/), "Arn"] },
  });
  const queues = Object.fromEntries(of("FpxApi", "AWS::SQS::Queue").map(([id, queue]) => [construct(id), queue]));
  expect(Object.keys(queues)).toEqual(["FailedDeliveries", "Deliveries"]);
  for (const queue of Object.values(queues))
    expect(queue).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
  expect(queues["Deliveries"]).toMatchObject({
    VisibilityTimeout: 6 * functions.deliver.timeout,
    RedrivePolicy: {
      maxReceiveCount: 100,
      deadLetterTargetArn: { "Fn::GetAtt": [expect.stringMatching(/^FailedDeliveries/), "Arn"] },
    },
  });
  const policies = of("FpxApi", "AWS::SQS::QueuePolicy").map(([, { PolicyDocument }]) => PolicyDocument.Statement);
  expect(policies).toHaveLength(2);
  for (const [statement] of policies)
    expect(statement).toMatchObject({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } });
  // Beside the exchange only the topic of endpoint events puts something on it.
  const allowed = policies.flat().filter(({ Effect }: { Effect: string }) => Effect === "Allow");
  expect(allowed).toEqual([
    expect.objectContaining({
      Action: "sqs:SendMessage",
      Principal: { Service: "sns.amazonaws.com" },
      Condition: { ArnEquals: { "aws:SourceArn": { Ref: expect.stringMatching(/^EndpointEvents/) } } },
    }),
  ]);
  expect(of("FpxApi", "AWS::SNS::Subscription").map(([, subscription]) => subscription)).toEqual([
    expect.objectContaining({ Protocol: "sqs", RawMessageDelivery: true }),
    expect.objectContaining({ Protocol: "email", TopicArn: { Ref: expect.stringMatching(/^AlarmTopic/) } }),
  ]);
});

test("UX-57 the topic of endpoint events takes from its own account alone, by TLS", () => {
  const policies = of("FpxApi", "AWS::SNS::TopicPolicy").map(([, policy]) => policy);
  const policy = policies.find(({ Topics }) => construct(Topics[0].Ref) === "EndpointEvents");
  expect(policy?.PolicyDocument.Statement).toEqual([
    expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    expect.objectContaining({
      Effect: "Allow",
      Action: "sns:Publish",
      Condition: { StringEquals: { "AWS:SourceOwner": { Ref: "AWS::AccountId" } } },
    }),
  ]);
});

test("due and erase run each minute, keys and endpoints each day", () => {
  const rules = of("FpxApi", "AWS::Events::Rule").flatMap(([, rule]) =>
    rule.Targets.map(({ Arn }: { Arn: unknown }) => [functionOf(Arn), rule.ScheduleExpression]),
  );
  expect(Object.fromEntries(rules)).toEqual({
    due: "rate(1 minute)",
    erase: "rate(1 minute)",
    keys: "rate(1 day)",
    endpoints: "rate(1 day)",
  });
});
