import { Duration } from "aws-cdk-lib";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { type IQueue, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";

const kept = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) };

/** Our number: with the pauses of `core/delivery.ts` about four days. A message that reached its own end was taken from the queue before; what is left is a fault of ours. */
const ATTEMPTS = 100;

/** What waits to be told to strangers' endpoints, and, apart, what could not be worked on. */
export function deliveryQueues(scope: Construct, functionTimeout: number) {
  const failedDeliveries: IQueue = new Queue(scope, "FailedDeliveries", kept);
  const deliveries: IQueue = new Queue(scope, "Deliveries", {
    ...kept,
    // Six times the function's, as Lambda wants it.
    visibilityTimeout: Duration.seconds(6 * functionTimeout),
    deadLetterQueue: { queue: failedDeliveries, maxReceiveCount: ATTEMPTS },
  });
  return { deliveries, failedDeliveries };
}

/** At most 50 at once of the account's Lambda concurrency, ten messages each. */
export const deliverySource = (queue: IQueue) =>
  new SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 50 });
