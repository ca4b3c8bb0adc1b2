import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { type Attempted, type DeliveryKind, pauseAfter, pauseUntil } from "../../core/delivery.ts";
import { followed, notFollowed } from "../events.ts";
import { delivery } from "./message.ts";

export interface Queue {
  readonly attempt: (kind: DeliveryKind, id: string) => Promise<Attempted>;
  /** Nobody gets the message before that many seconds. */
  readonly postponed: (receiptHandle: string, seconds: number) => Promise<void>;
  readonly nowMs: () => number;
}

/** The consumer of the deliveries' queue: all messages of a batch at once, each for itself; one to be tried again is put off and reported (ReportBatchItemFailures). */
export function queueFunction(queue: Queue): (event: SQSEvent, context: unknown) => Promise<SQSBatchResponse> {
  const handler = middy<SQSEvent, SQSBatchResponse>().handler(async ({ Records }) => {
    const settled = await Promise.all(Records.map((record) => isDone(queue, record)));
    const failed = Records.filter((_, n) => !settled[n]);
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
  return (event, context) => handler(event, context as never);
}

async function isDone(queue: Queue, { messageId, body, receiptHandle, attributes }: SQSRecord): Promise<boolean> {
  const attempts = Number(attributes.ApproximateReceiveCount);
  try {
    const { kind, id } = delivery(body);
    const outcome = await queue.attempt(kind, id);
    if (typeof outcome === "string") {
      followed(`deliver ${kind}`, id, outcome);
      return true;
    }
    const pause = pauseUntil(attempts, outcome, Math.floor(queue.nowMs() / 1000));
    followed(`deliver ${kind}`, id, `again in ${pause} s`);
    await queue.postponed(receiptHandle, pause);
  } catch (error) {
    notFollowed(messageId, error);
    // Where that fails, too, the queue's own timeout brings it back.
    await queue.postponed(receiptHandle, pauseAfter(attempts)).catch(() => {});
  }
  return false;
}
