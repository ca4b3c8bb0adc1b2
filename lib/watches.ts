import { Duration } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { type IMetric, MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { type FunctionName, functionNames, httpFunctions } from "./functions.ts";

export interface Watched {
  readonly api: HttpApi;
  readonly deployed: Readonly<Record<FunctionName, LambdaFunction>>;
  /** Id of the mapping of the records table's stream to notify. */
  readonly mappingId: string;
  readonly failedDeliveries: IQueue;
}

interface Watch {
  /** In one sentence, for whoever is woken; what to do is under the alarm's name in docs/operator.md. */
  readonly means: string;
  readonly metric: IMetric;
  /** It rings from here on. */
  readonly from: number;
}

const [minutes, hours] = [Duration.minutes, Duration.hours];
const Sum = { statistic: "Sum" };

/** What wakes somebody; every other number is for daylight. */
export const watches = ({ api, deployed, mappingId, failedDeliveries }: Watched): Readonly<Record<string, Watch>> => ({
  ApiFaults: {
    means:
      "More than 1.44 % of an hour's requests failed by the exchange's fault: at 99.9 % (REL-01), a month's share in two days.",
    metric: faultShare(api, hours(1)),
    from: 1.44,
  },
  ApiFaultsSlow: {
    means: "More than 0.6 % of six hours' requests failed by the exchange's fault: a month's share in five days.",
    metric: faultShare(api, hours(6)),
    from: 0.6,
  },
  HttpErrors: {
    means: "Functions of the API broke off, ran out of time or out of memory, five times in a quarter of an hour.",
    metric: errors(deployed, httpFunctions),
    from: 5,
  },
  BackgroundErrors: {
    means:
      "What nobody waits for (clock, erasure, keys, pushes, deliveries) broke off three times in a quarter of an hour.",
    metric: errors(
      deployed,
      functionNames.filter((name) => !httpFunctions.some((http) => http === name)),
    ),
    from: 3,
  },
  Throttles: {
    means: "Lambda turned calls away: the account's concurrency in this region is used up.",
    // All functions of the account: they share the limit.
    metric: new Metric({ namespace: "AWS/Lambda", metricName: "Throttles", ...Sum, period: minutes(5) }),
    from: 10,
  },
  StreamAge: {
    means: "What follows from a step of somebody's waits for five minutes: no push, ping or event goes out meanwhile.",
    metric: deployed.notify.metric("IteratorAge", { statistic: "Maximum", period: minutes(5) }),
    from: minutes(5).toMilliseconds(),
  },
  FailedEvents: {
    means: "The stream could not deliver an event: it lies in the bucket of failed events.",
    metric: new MathExpression({
      expression: "SUM([kept, dropped])",
      usingMetrics: {
        kept: ofMapping(mappingId, "OnFailureDestinationDeliveredEventCount"),
        dropped: ofMapping(mappingId, "DroppedEventCount"),
      },
      period: minutes(5),
    }),
    from: 1,
  },
  FailedDeliveries: {
    means: "Something could not be told to somebody in a hundred attempts, for a fault of the exchange.",
    metric: failedDeliveries.metricApproximateNumberOfMessagesVisible({ statistic: "Maximum", period: minutes(5) }),
    from: 1,
  },
});

/** Per cent; a handful of faults in a quiet hour is no share of anything. */
const faultShare = (api: HttpApi, period: Duration) =>
  new MathExpression({
    expression: "IF(faults >= 5, 100 * faults / requests, 0)",
    usingMetrics: { faults: api.metricServerError(Sum), requests: api.metricCount(Sum) },
    period,
  });

const errors = (deployed: Watched["deployed"], names: readonly FunctionName[]) =>
  new MathExpression({
    expression: `SUM([${names.join(", ")}])`,
    usingMetrics: Object.fromEntries(names.map((name) => [name, deployed[name].metricErrors(Sum)])),
    period: minutes(15),
  });

const ofMapping = (EventSourceMappingUUID: string, metricName: string) =>
  new Metric({ namespace: "AWS/Lambda", metricName, dimensionsMap: { EventSourceMappingUUID }, ...Sum });
