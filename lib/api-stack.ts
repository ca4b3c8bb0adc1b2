import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { type ITable, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Function as AwsFunction } from "aws-cdk-lib/aws-lambda";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from "aws-cdk-lib/aws-s3";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { readBrand } from "../brand/brand.ts";
import { alarms } from "./alarms.ts";
import { deliveryQueues, deliverySource } from "./delivery-queue.ts";
import { endpointEvents } from "./endpoint-events.ts";
import { exchangeFunction } from "./exchange-function.ts";
import { type FunctionName, functionNames, functions } from "./functions.ts";
import { httpApi } from "./http-api.ts";
import { notifyStream } from "./notify-stream.ts";
import { apiParameters, declared, type PlatformApplication, platformApplication } from "./parameters.ts";
import { statements } from "./rights.ts";
import type { StateStack } from "./state-stack.ts";

export interface ApiStackProps extends StackProps {
  readonly state: StateStack;
  readonly dist: string;
}

/** The HTTP API, the functions behind it, what the records table's stream and the clock set off, and what wakes the operator. */
export class ApiStack extends Stack {
  readonly domainName: string;
  readonly issuer: string;
  readonly walletOrigin: string;
  readonly applications: readonly PlatformApplication[];

  constructor(scope: Construct, id: string, { state, dist, ...props }: ApiStackProps) {
    super(scope, id, props);
    const parameters = declared(this, apiParameters);
    const applications = [
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

    const { deliveries, failedDeliveries } = deliveryQueues(this, functions.deliver.timeout);
    const allowed = statements({ state, applications, failures, deliveries });
    const environment = environmentOf(state, deliveries, parameters);
    const deployed = Object.fromEntries(
      functionNames.map((name) => {
        const { rights, ...size } = functions[name];
        return [name, exchangeFunction(this, name, { ...size, dist, environment, statements: allowed(rights) })];
      }),
    ) as Record<FunctionName, AwsFunction>;

    const api = httpApi(this, deployed);
    const followed = { tableArn: state.records.tableArn, tableStreamArn: state.recordsStreamArn };
    const records = TableV2.fromTableAttributes(this, "Followed", followed);
    const stream = notifyStream(records as ITable, failures);
    deployed.notify.addEventSource(stream);
    deployed.deliver.addEventSource(deliverySource(deliveries));
    new Rule(this, "EachMinute", {
      schedule: Schedule.rate(Duration.minutes(1)),
      // The next minute is the retry.
      targets: [deployed.due, deployed.erase].map((each) => new LambdaFunction(each, { retryAttempts: 0 })),
    });
    new Rule(this, "EachDay", {
      schedule: Schedule.rate(Duration.days(1)),
      targets: [new LambdaFunction(deployed.keys), new LambdaFunction(deployed.endpoints)],
    });

    const events = endpointEvents(this, deliveries);
    const watched = { api, deployed, mappingId: stream.eventSourceMappingId, failedDeliveries };
    alarms(this, watched, parameters.AlarmEmail);

    this.domainName = `${api.apiId}.execute-api.${this.region}.${this.urlSuffix}`;
    this.issuer = parameters.Issuer;
    this.walletOrigin = parameters.WalletOrigin;
    this.applications = applications;
    new CfnOutput(this, "ApiEndpoint", { value: api.apiEndpoint });
    new CfnOutput(this, "FailedEventsBucket", { value: failures.bucketName });
    new CfnOutput(this, "NotifyFunction", { value: deployed.notify.functionName });
    new CfnOutput(this, "EndpointEventsTopic", { value: events.topicArn });
    new CfnOutput(this, "FailedDeliveriesQueue", { value: failedDeliveries.queueUrl });
  }
}

/** The contract with `functions/ports.ts` (docs/architecture.md). */
const environmentOf = (
  state: StateStack,
  deliveries: IQueue,
  parameters: Readonly<Record<keyof typeof apiParameters, string>>,
) => ({
  RECORDS_TABLE: state.records.tableName,
  GUARDS_TABLE: state.guards.tableName,
  KEYS_TABLE: state.keys.tableName,
  KMS_KEY_ID: state.key.keyArn,
  DELIVERY_QUEUE_URL: deliveries.queueUrl,
  ISSUER: parameters.Issuer,
  WALLET_ORIGIN: parameters.WalletOrigin,
  WALLET_NAME: readBrand().name,
  MTLS_ORIGIN: parameters.MtlsOrigin,
  NAVIGATOR_ORIGINS: parameters.NavigatorOrigins,
  ANDROID_PACKAGE: parameters.AndroidPackage,
  ANDROID_CERTIFICATES: parameters.AndroidCertificates,
  APPLE_APP_ID: parameters.AppleAppId,
  HOME_REGION: parameters.HomeRegion,
  OPERATOR_JWK: parameters.OperatorJwk,
  APNS_APPLICATION_ARN: parameters.ApnsApplicationArn,
  FCM_APPLICATION_ARN: parameters.FcmApplicationArn,
  ORIGIN_SECRETS: parameters.OriginSecrets,
  ALLOW_LOOPBACK: parameters.AllowLoopback,
  ALLOW_BEARER_PAT: parameters.AllowBearerPat,
  REQUIRE_DPOP_NONCE: parameters.RequireDpopNonce,
});
