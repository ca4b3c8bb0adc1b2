import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { type Function as AwsFunction, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, S3OnFailureDestination } from "aws-cdk-lib/aws-lambda-event-sources";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { exchangeFunction } from "./exchange-function.ts";
import { type FunctionName, functionNames, functions, paths } from "./functions.ts";
import { apiParameters, declared, type PlatformApplication, platformApplication } from "./parameters.ts";
import { statements } from "./rights.ts";
import type { StateStack } from "./state-stack.ts";

export interface ApiStackProps extends StackProps {
  readonly state: StateStack;
  readonly dist: string;
}

/** The HTTP API, the functions behind it, and what the records table's stream and the clock set off. */
export class ApiStack extends Stack {
  readonly domainName: string;
  readonly issuer: string;
  readonly walletOrigin: string;
  readonly applications: readonly PlatformApplication[];

  constructor(scope: Construct, id: string, { state, dist, ...props }: ApiStackProps) {
    super(scope, id, props);
    const parameters = declared(this, apiParameters);
    this.applications = [
      platformApplication(this, "Apns", parameters.ApnsApplicationArn),
      platformApplication(this, "Fcm", parameters.FcmApplicationArn),
    ];
    const failures = new Bucket(this, "FailedEvents", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(90) }],
      removalPolicy: RemovalPolicy.RETAIN,
    }) as IBucket;
    const granted = statements(state, this.applications);
    const environment = {
      RECORDS_TABLE: state.records.tableName,
      GUARDS_TABLE: state.guards.tableName,
      KEYS_TABLE: state.keys.tableName,
      KMS_KEY_ID: state.key.keyArn,
      ISSUER: parameters.Issuer,
      WALLET_ORIGIN: parameters.WalletOrigin,
      NAVIGATOR_ORIGINS: parameters.NavigatorOrigins,
      HOME_REGION: parameters.HomeRegion,
      OPERATOR_JWK: parameters.OperatorJwk,
      APNS_APPLICATION_ARN: parameters.ApnsApplicationArn,
      FCM_APPLICATION_ARN: parameters.FcmApplicationArn,
      ORIGIN_SECRETS: parameters.OriginSecrets,
      ALLOW_LOOPBACK: parameters.AllowLoopback,
    };
    const deployed = Object.fromEntries(
      functionNames.map((name) => {
        const rights = granted(functions[name].rights);
        if (name === "notify") rights.push(...keepFailures(failures));
        return [name, exchangeFunction(this, name, { ...functions[name], dist, environment, statements: rights })];
      }),
    ) as Record<FunctionName, AwsFunction>;

    const api = httpApi(this, deployed);
    deployed.notify.addEventSource(streamOf(state.records as ITable, failures));
    new Rule(this, "EachMinute", {
      schedule: Schedule.rate(Duration.minutes(1)),
      // The next minute is the retry.
      targets: [new LambdaFunction(deployed.due, { retryAttempts: 0 })],
    });

    this.domainName = `${api.apiId}.execute-api.${this.region}.${this.urlSuffix}`;
    this.issuer = parameters.Issuer;
    this.walletOrigin = parameters.WalletOrigin;
    new CfnOutput(this, "FailedEventsBucket", { value: failures.bucketName });
  }
}

/** Each path once, for every method: an unmatched method must reach the function that answers 405 (design: HTTP API as it is). */
function httpApi(scope: ApiStack, deployed: Readonly<Record<FunctionName, AwsFunction>>) {
  const integrations = new Map<FunctionName, HttpLambdaIntegration>();
  const integration = (name: FunctionName) => {
    const known = integrations.get(name);
    // One permission per function; that one (*/*/*) does not cover $default, which has no path.
    const scopePermissionToRoute = name === "discovery";
    const made = known ?? new HttpLambdaIntegration(name, deployed[name], { scopePermissionToRoute });
    integrations.set(name, made);
    return made;
  };
  const api = new HttpApi(scope, "Http", {
    apiName: "fpx",
    createDefaultStage: false,
    defaultIntegration: integration("discovery"),
  });
  for (const [path, name] of paths) api.addRoutes({ path, methods: [HttpMethod.ANY], integration: integration(name) });

  new HttpStage(scope, "Stage", {
    httpApi: api,
    stageName: "$default",
    autoDeploy: true,
    throttle: { rateLimit: 500, burstLimit: 1000 },
    detailedMetricsEnabled: true,
    accessLogSettings: {
      destination: new LogGroupLogDestination(
        new LogGroup(scope, "AccessLog", {
          retention: RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      ),
      // Routes, not paths: a path holds ids, and no address of a person is kept.
      format: AccessLogFormat.custom(
        JSON.stringify({
          requestId: "$context.requestId",
          time: "$context.requestTime",
          route: "$context.routeKey",
          method: "$context.httpMethod",
          status: "$context.status",
          latency: "$context.responseLatency",
          error: "$context.integrationErrorMessage",
        }),
      ),
    },
  });
  return api;
}

/** What notify hears: new requests, and consents that wait for a person. */
const streamOf = (records: ITable, failures: IBucket) =>
  new DynamoEventSource(records, {
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 10,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 5,
    maxRecordAge: Duration.hours(12),
    onFailure: new S3OnFailureDestination(failures),
    filters: [
      {
        eventName: FilterRule.isEqual("INSERT"),
        dynamodb: { NewImage: { kind: { S: FilterRule.isEqual("request") } } },
      },
      {
        dynamodb: {
          NewImage: {
            kind: { S: FilterRule.isEqual("consent") },
            state: { S: FilterRule.or("requested", "declined") },
          },
        },
      },
    ].map((filter) => ({ pattern: JSON.stringify(filter) })),
  });

/** Lambda writes under a key of its own choice, and asks for the bucket first. */
const keepFailures = (failures: IBucket) => [
  new PolicyStatement({ actions: ["s3:ListBucket"], resources: [failures.bucketArn] }),
  new PolicyStatement({ actions: ["s3:PutObject"], resources: [failures.arnForObjects("*")] }),
];
