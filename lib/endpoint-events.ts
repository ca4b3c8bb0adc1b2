import { Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";

/** Where the platform applications say that an endpoint was deleted or could not be delivered to (UX-57; docs/deploy.md): what hears of it waits in the queue of deliveries. */
export function endpointEvents(scope: Construct, deliveries: IQueue): Topic {
  const topic = new Topic(scope, "EndpointEvents", { enforceSSL: true });
  topic.addSubscription(new SqsSubscription(deliveries, { rawMessageDelivery: true }));
  return topic;
}
