import { join } from "node:path";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { FunctionName, FunctionSettings } from "./functions.ts";

export interface ExchangeFunctionProps extends Omit<FunctionSettings, "rights"> {
  /** Where `lib/build.ts` wrote its bundles. */
  readonly dist: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
}

/** A bundled function with a role of its own that holds its statements and nothing else. */
export function exchangeFunction(scope: Construct, name: FunctionName, props: ExchangeFunctionProps) {
  const id = name[0]?.toUpperCase() + name.slice(1);
  const logGroup = new LogGroup(scope, `${id}Log`, {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    inlinePolicies: {
      rights: new PolicyDocument({ statements: [...props.statements, log(logGroup), trace()] }),
    },
  });
  return new LambdaFunction(scope, id, {
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: "index.handler",
    code: Code.fromAsset(join(props.dist, "functions", name)),
    memorySize: props.memorySize,
    timeout: Duration.seconds(props.timeout),
    environment: { ...props.environment, NODE_OPTIONS: "--enable-source-maps" },
    logGroup,
    // The role is complete: no construct adds to it.
    role: role.withoutPolicyUpdates(),
    tracing: Tracing.ACTIVE,
  });
}

const log = ({ logGroupArn }: LogGroup) =>
  new PolicyStatement({ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [logGroupArn] });

// X-Ray's actions take no resource.
const trace = () =>
  new PolicyStatement({ actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources: ["*"] });
