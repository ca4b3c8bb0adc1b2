import type { Assembly, Json } from "./assembly.ts";
import { type FolderBucket, failedEvents } from "./failures.ts";
import type { Hosts } from "./hosts.ts";
import type { ApiRoute } from "./http-api.ts";
import { queueMapping } from "./queue-mapping.ts";
import { scheduled } from "./schedule.ts";
import { type LocalSqs, urlOf } from "./sqs.ts";
import type { Change } from "./stream.ts";
import { streamMapping } from "./stream-mapping.ts";

/** The routes of the HTTP API, each with what its integration invokes. */
export function apiRoutes(app: Assembly, hosts: Hosts): ApiRoute[] {
  const integrations = new Map(
    app.of("AWS::ApiGatewayV2::Integration").map(({ name, properties }) => [name, properties]),
  );
  return app.of("AWS::ApiGatewayV2::Route").map(({ properties }) => ({
    key: properties.RouteKey,
    invoke: hosts.named(integrations.get(properties.Target.split("/")[1]).IntegrationUri).invoke,
  }));
}

/** Hands a change to every mapping of its table's stream; resolves when all have taken it. */
export function streamConsumer(app: Assembly, hosts: Hosts, failures: FolderBucket) {
  const mappings = mappingsOf(app, "dynamodb").map((properties) => {
    const { invoke } = hosts.named(properties.FunctionName);
    const failed = failedEvents(failures, properties.FunctionName);
    return { source: properties.EventSourceArn, take: streamMapping({ properties, invoke, failed }) };
  });
  return (change: Change) =>
    Promise.all(
      mappings
        .filter(({ source }) => source.includes(`:table/${change.table}/stream/`))
        .map(({ take }) => take(change)),
    );
}

/** Looks at a queue that has a consumer: when something was put on it, and when the next message is due. */
export function queueConsumers(app: Assembly, hosts: Hosts, sqs: LocalSqs) {
  const urls = new Map(app.of("AWS::SQS::Queue").map((queue) => [queue.arn, urlOf(queue)]));
  const mappings = new Map(
    mappingsOf(app, "sqs").map((properties) => {
      const { invoke } = hosts.named(properties.FunctionName);
      const queueUrl = urls.get(properties.EventSourceArn) ?? "";
      return [queueUrl, queueMapping({ properties, queueUrl, sqs, invoke })];
    }),
  );
  return {
    poll: (queueUrl: string) => mappings.get(queueUrl)?.poll(),
    close: () => {
      for (const mapping of mappings.values()) mapping.close();
    },
  };
}

/** Queues that get, as it is, what is published to a topic. */
export function queuesOfTopics(app: Assembly): readonly string[] {
  const urls = new Map(app.of("AWS::SQS::Queue").map((queue) => [queue.arn, urlOf(queue)]));
  const subscriptions = app.of("AWS::SNS::Subscription").map(({ properties }) => properties);
  return subscriptions.flatMap(({ Protocol, RawMessageDelivery, Endpoint }) =>
    Protocol === "sqs" && RawMessageDelivery ? (urls.get(Endpoint) ?? []) : [],
  );
}

/** Properties of the event source mappings of a service. */
const mappingsOf = (app: Assembly, service: "dynamodb" | "sqs"): Json[] =>
  app
    .of("AWS::Lambda::EventSourceMapping")
    .map(({ properties }) => properties)
    .filter(({ EventSourceArn }) => EventSourceArn.startsWith(`arn:aws:${service}:`));

/** Starts the clocks; returns what stops them. */
export function schedules(app: Assembly, hosts: Hosts) {
  const clocks = app
    .of("AWS::Events::Rule")
    .flatMap(({ properties }) =>
      properties.Targets.map(({ Arn }: Json) => scheduled(properties.ScheduleExpression, hosts.named(Arn).invoke)),
    );
  return () => {
    for (const stop of clocks) stop();
  };
}
