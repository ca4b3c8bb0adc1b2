import { RemovalPolicy } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { type FunctionName, paths } from "./functions.ts";

/** Routes, not paths: a path holds ids, and no address of a person is kept. */
const accessLog = {
  requestId: "$context.requestId",
  time: "$context.requestTime",
  route: "$context.routeKey",
  method: "$context.httpMethod",
  status: "$context.status",
  latency: "$context.responseLatency",
  error: "$context.integrationErrorMessage",
};

/** Each path once, for every method: an unmatched method must reach the function that answers 405, and no path the one that answers 404. */
export function httpApi(scope: Construct, deployed: Readonly<Record<FunctionName, LambdaFunction>>) {
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

  const log = new LogGroup(scope, "AccessLog", {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new HttpStage(scope, "Stage", {
    httpApi: api,
    stageName: "$default",
    autoDeploy: true,
    throttle: { rateLimit: 500, burstLimit: 1000 },
    accessLogSettings: {
      destination: new LogGroupLogDestination(log),
      format: AccessLogFormat.custom(JSON.stringify(accessLog)),
    },
  });
  return api;
}
