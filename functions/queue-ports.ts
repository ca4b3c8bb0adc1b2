import { SQSClient } from "@aws-sdk/client-sqs";
import { sqsDeliveryQueue, sqsPostponed } from "../adapters/sqs/delivery-queue.ts";
import type { DeliveryQueue } from "../core/delivery.ts";
import { awsClient, type Environment, required } from "./ports.ts";

// The region's endpoint, or the one the environment names: not the host in a queue's URL.
const client = () => new SQSClient({ ...awsClient, useQueueUrlAsEndpoint: false });

export function deliveryQueue(environment: Environment): DeliveryQueue {
  return sqsDeliveryQueue(client(), required(environment, "DELIVERY_QUEUE_URL"));
}

export function postponed(environment: Environment) {
  return sqsPostponed(client(), required(environment, "DELIVERY_QUEUE_URL"));
}
