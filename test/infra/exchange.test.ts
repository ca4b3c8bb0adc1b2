import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routes } from "../../functions/routes.ts";
import { exchangeApp } from "../../lib/exchange-app.ts";
import { functionNames } from "../../lib/functions.ts";
import { apiParameters, edgeParameters } from "../../lib/parameters.ts";
import { type Statement, statementsOf } from "./statements.ts";

// biome-ignore lint/suspicious/noExplicitAny: a template is JSON
type Json = any;

const folder = mkdtempSync(join(tmpdir(), "fpx-infra-"));
let templates: Readonly<Record<"FpxState" | "FpxApi" | "FpxEdge", Json>>;
let messages: readonly string[];

beforeAll(() => {
  const dist = join(folder, "dist");
  for (const path of [...functionNames.map((name) => join("functions", name)), "wallet"]) {
    mkdirSync(join(dist, path), { recursive: true });
    writeFileSync(join(dist, path, "index.mjs"), "export const handler = async () => ({});");
  }
  const { stacks } = exchangeApp({ dist, outdir: join(folder, "cdk.out") }).app.synth();
  templates = Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, template])) as typeof templates;
  messages = stacks.flatMap((stack) => stack.messages.map(({ entry }) => String(entry.data)));
});
afterAll(() => rmSync(folder, { recursive: true }));

const of = (stack: keyof typeof templates, type: string): readonly (readonly [string, Json])[] =>
  Object.entries<Json>(templates[stack].Resources).filter(([, { Type }]) => Type === type);
const one = (stack: keyof typeof templates, type: string, prefix: string): Json =>
  of(stack, type).find(([id]) => id.startsWith(prefix))?.[1];

test("the synthesis has no warning and no finding", () => {
  expect(messages).toEqual([]);
  const report = JSON.parse(readFileSync(join(folder, "cdk.out", "validation-report.json"), "utf8"));
  expect(report.pluginReports).toEqual([]);
});

describe("tables", () => {
  const table = (prefix: string) => one("FpxState", "AWS::DynamoDB::GlobalTable", prefix);
  const replica = (prefix: string) => table(prefix).Properties.Replicas[0];

  test("records and keys are recoverable, protected and kept", () => {
    for (const prefix of ["Records", "Keys"]) {
      expect(replica(prefix)).toMatchObject({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
      expect(table(prefix).DeletionPolicy).toBe("Retain");
    }
  });

  test("records tells both images, forgets by deleteAt, and its indexes hold keys, kind and state", () => {
    const { Properties } = table("Records");
    expect(Properties).toMatchObject({
      StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
      TimeToLiveSpecification: { AttributeName: "deleteAt", Enabled: true },
      BillingMode: "PAY_PER_REQUEST",
    });
    expect(
      Properties.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }: Json) => [
        IndexName,
        ...KeySchema.map(({ AttributeName }: Json) => AttributeName),
        ...Projection.NonKeyAttributes,
      ]),
    ).toEqual([
      ["byPerson", "person", "sort", "kind", "state"],
      ["byParty", "party", "sort", "kind", "state"],
      ["due", "due", "dueAt", "kind", "state"],
    ]);
  });

  test("guards has no stream and forgets by deleteAt", () => {
    expect(table("Guards").Properties).not.toHaveProperty("StreamSpecification");
    expect(table("Guards").Properties.TimeToLiveSpecification).toEqual({ AttributeName: "deleteAt", Enabled: true });
  });

  test("the data keys' key rotates and is kept", () => {
    const key = one("FpxState", "AWS::KMS::Key", "DataKeys");
    expect([key.Properties.EnableKeyRotation, key.DeletionPolicy]).toEqual([true, "Retain"]);
  });
});

describe("the API", () => {
  test("every path is routed once, for every method, to its function; $default goes to discovery", () => {
    const integrations = new Map(
      of("FpxApi", "AWS::ApiGatewayV2::Integration").map(([id, { Properties }]) => [
        id,
        Properties.IntegrationUri["Fn::GetAtt"][0].replace(/[0-9A-F]{8}$/, "").toLowerCase(),
      ]),
    );
    const routed = of("FpxApi", "AWS::ApiGatewayV2::Route").map(([, { Properties }]) => [
      Properties.RouteKey,
      integrations.get(Properties.Target["Fn::Join"][1][1].Ref),
    ]);
    const wanted = new Map(routes.map((route) => [`ANY ${route.path}`, route.function as string]));
    expect(Object.fromEntries(routed)).toEqual({ ...Object.fromEntries(wanted), $default: "discovery" });
    expect(routed).toHaveLength(wanted.size + 1);
  });

  test("API Gateway may invoke each function that has a route, and the one of $default without a path", () => {
    const permitted = of("FpxApi", "AWS::Lambda::Permission")
      .filter(([, { Properties }]) => Properties.Principal === "apigateway.amazonaws.com")
      .map(([, { Properties }]) => [
        Properties.FunctionName["Fn::GetAtt"][0].replace(/[0-9A-F]{8}$/, "").toLowerCase(),
        Properties.SourceArn["Fn::Join"][1].at(-1),
      ]);
    expect(new Set(permitted.map(([name]) => name))).toEqual(new Set(routes.map((route) => route.function)));
    expect(permitted).toContainEqual(["discovery", "/*/*"]);
  });

  test("requests are throttled and logged by route, without path, address or query", () => {
    const [[, stage] = []] = of("FpxApi", "AWS::ApiGatewayV2::Stage");
    expect(stage.Properties.DefaultRouteSettings).toMatchObject({
      ThrottlingBurstLimit: 1000,
      ThrottlingRateLimit: 500,
    });
    expect(stage.Properties.AccessLogSettings.Format).not.toMatch(/path|sourceIp|userAgent|query|identity/i);
  });

  test("functions are ESM on Node 24, arm64, traced, with a log that ends", () => {
    const functions = of("FpxApi", "AWS::Lambda::Function");
    expect(functions).toHaveLength(functionNames.length);
    for (const [id, { Properties }] of functions) {
      expect(Properties, id).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        Handler: "index.handler",
        TracingConfig: { Mode: "Active" },
      });
      const log = templates.FpxApi.Resources[Properties.LoggingConfig.LogGroup.Ref];
      expect(log.Properties.RetentionInDays, id).toBe(30);
    }
    const bundles = readdirSync(join(folder, "cdk.out")).filter((name) => name.startsWith("asset."));
    expect(bundles.length).toBeGreaterThan(0);
  });

  test("notify hears new requests and consents that wait; what fails five times is kept whole", () => {
    const [[, mapping] = []] = of("FpxApi", "AWS::Lambda::EventSourceMapping");
    expect(mapping.Properties).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 12 * 60 * 60,
      StartingPosition: "TRIM_HORIZON",
      DestinationConfig: {
        OnFailure: { Destination: { "Fn::GetAtt": [expect.stringMatching(/^FailedEvents/), "Arn"] } },
      },
    });
    expect(mapping.Properties.FilterCriteria.Filters.map(({ Pattern }: Json) => JSON.parse(Pattern))).toEqual([
      { eventName: ["INSERT"], dynamodb: { NewImage: { kind: { S: ["request"] } } } },
      { dynamodb: { NewImage: { kind: { S: ["consent"] }, state: { S: ["requested", "declined"] } } } },
    ]);
  });

  test("due runs each minute", () => {
    const [[, rule] = []] = of("FpxApi", "AWS::Events::Rule");
    expect(rule.Properties.ScheduleExpression).toBe("rate(1 minute)");
    expect(rule.Properties.Targets[0].Arn["Fn::GetAtt"][0]).toMatch(/^Due/);
  });
});

describe("rights", () => {
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
  const endpoints = ["ApnsApplicationArn:endpoint/*", "FcmApplicationArn:endpoint/*"];
  const wanted: Readonly<Record<(typeof functionNames)[number], readonly Statement[]>> = {
    discovery: [...keys, { actions: ["kms:GenerateDataKeyPairWithoutPlaintext"], on: ["DataKeys"] }],
    authorize: [...records, guards, ...keys, key],
    token: [...records, guards, ...keys, key],
    introspect: [...records, guards, ...keys, key],
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
    ],
    due: records,
  };

  test.each(functionNames)("%s may do this and nothing else", (name) => {
    const id = name[0]?.toUpperCase() + name.slice(1);
    const role = one("FpxApi", "AWS::IAM::Role", `${id}Role`);
    expect(role.Properties).not.toHaveProperty("ManagedPolicyArns");
    expect(statementsOf(role)).toEqual([...wanted[name], ...every(id)]);
  });

  test("no role has another policy beside its own", () => {
    expect(of("FpxApi", "AWS::IAM::Policy")).toEqual([]);
    expect(of("FpxApi", "AWS::IAM::Role")).toHaveLength(functionNames.length);
  });
});

describe("the edge", () => {
  const distribution = (prefix: string) =>
    one("FpxEdge", "AWS::CloudFront::Distribution", prefix).Properties.DistributionConfig;
  const headers = (id: string) => templates.FpxEdge.Resources[id].Properties.ResponseHeadersPolicyConfig;

  test("Issuer is the API, uncached, with every header of the viewer but Host, and the origin header", () => {
    const { DefaultCacheBehavior, Origins } = distribution("Issuer");
    expect(DefaultCacheBehavior).toMatchObject({
      CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", // CachingDisabled
      OriginRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac", // AllViewerExceptHostHeader
      AllowedMethods: expect.arrayContaining(["POST", "DELETE", "OPTIONS"]),
      ViewerProtocolPolicy: "https-only",
    });
    expect(Origins[0].OriginCustomHeaders[0].HeaderName).toBe("x-fpx-origin");
  });

  test("WalletOrigin is pages from S3 and, below /wallet/, the API", () => {
    const { DefaultCacheBehavior, CacheBehaviors, Origins } = distribution("Wallet");
    expect(Origins[0]).toHaveProperty("OriginAccessControlId");
    expect(DefaultCacheBehavior.TargetOriginId).toBe(Origins[0].Id);
    expect(CacheBehaviors.map(({ PathPattern, TargetOriginId }: Json) => [PathPattern, TargetOriginId])).toEqual([
      ["/wallet/*", Origins[1].Id],
    ]);
  });

  test("RFC 9700 §4.16 the Wallet's pages run their own scripts only and are framed by nobody", () => {
    const { SecurityHeadersConfig } = headers(distribution("Wallet").DefaultCacheBehavior.ResponseHeadersPolicyId.Ref);
    const policy = SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy;
    expect(policy).toMatch(/default-src 'none'; script-src 'self';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(SecurityHeadersConfig).toMatchObject({
      ContentTypeOptions: { Override: true },
      ReferrerPolicy: { ReferrerPolicy: "no-referrer" },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000 },
    });
  });

  test("certificate and web ACL are there only when they are given", () => {
    for (const prefix of ["Issuer", "Wallet"])
      expect(distribution(prefix)).toMatchObject({
        Aliases: { "Fn::If": ["HasCertificate", expect.anything(), { Ref: "AWS::NoValue" }] },
        ViewerCertificate: { "Fn::If": ["HasCertificate", expect.anything(), { Ref: "AWS::NoValue" }] },
        WebACLId: { "Fn::If": ["HasWebAcl", { Ref: "WebAclArn" }, { Ref: "AWS::NoValue" }] },
      });
  });
});

test("parameters are those of docs/deploy.md, and the origin secrets are not echoed", () => {
  const { BootstrapVersion: _, ...api } = templates.FpxApi.Parameters;
  expect(Object.keys(api)).toEqual(Object.keys(apiParameters));
  expect(Object.keys(templates.FpxEdge.Parameters)).toEqual(expect.arrayContaining(Object.keys(edgeParameters)));
  for (const stack of ["FpxApi", "FpxEdge"] as const)
    expect(templates[stack].Parameters.OriginSecrets).toMatchObject({ NoEcho: true });
  const text = readFileSync("docs/deploy.md", "utf8");
  for (const name of [...Object.keys(apiParameters), ...Object.keys(edgeParameters)])
    expect(text).toContain(`\`${name}\``);
});

test("OperatorJwk takes a public key and refuses a private one", () => {
  const pattern = new RegExp(`^(${apiParameters.OperatorJwk.allowedPattern})$`);
  const publicJwk = { kty: "EC", crv: "P-256", x: "x", y: "y" };
  expect(pattern.test(JSON.stringify(publicJwk))).toBe(true);
  expect(pattern.test(JSON.stringify({ ...publicJwk, d: "secret" }))).toBe(false);
});
