import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { DeliveryQueue } from "../../core/delivery.ts";

/** The queue of deliveries. A message names its party as its group, so that the queue is fair among parties. */
export function sqsDeliveryQueue(sqs: SQSClient, QueueUrl: string): DeliveryQueue {
  return {
    async send({ kind, id, party }) {
      const MessageBody = JSON.stringify({ kind, id });
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: party }));
    },
  };
}

/** Puts a received message off: whoever received it does not have it any more, and nobody else before that many seconds. */
export function sqsPostponed(sqs: SQSClient, QueueUrl: string) {
  return async (ReceiptHandle: string, VisibilityTimeout: number): Promise<void> => {
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
  };
}
