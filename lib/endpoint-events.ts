import { Aws } from "aws-cdk-lib";
import { AnyPrincipal, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";

/** Where the platform applications say that an endpoint was deleted or could not be delivered to (UX-57; docs/deploy.md): what hears of it waits in the queue of deliveries. */
export function endpointEvents(scope: Construct, deliveries: IQueue): Topic {
  const topic = new Topic(scope, "EndpointEvents", { enforceSSL: true });
  // What SNS says of a topic that has no policy; with one that only denies, nobody would be let in.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "AWS:SourceOwner": Aws.ACCOUNT_ID } },
    }),
  );
  topic.addSubscription(new SqsSubscription(deliveries, { rawMessageDelivery: true }));
  return topic;
}
