import { type Json, region } from "./assembly.ts";
import type { LocalSqs } from "./sqs.ts";

export interface QueueMappingOptions {
  /** Properties of the `AWS::Lambda::EventSourceMapping`. */
  readonly properties: Json;
  readonly queueUrl: string;
  readonly sqs: LocalSqs;
  readonly invoke: (event: { readonly Records: readonly Json[] }) => Promise<Json>;
}

/**
 * Lambda's poller for one queue: what can be received goes to the function, batch by batch and beside each other; what it took is deleted, what it reports or
 * throws away comes again when its visibility timeout ends.
 */
export function queueMapping({ properties, queueUrl: QueueUrl, sqs, invoke }: QueueMappingOptions) {
  const { BatchSize = 10, EventSourceArn, ScalingConfig } = properties;
  const most = ScalingConfig?.MaximumConcurrency ?? 1_000;
  let running = 0;
  let timer: NodeJS.Timeout | undefined;

  /** Looks at the queue now, and again when its next message is due. */
  function poll() {
    while (running < most) {
      const { Messages } = sqs.operations.ReceiveMessage({ QueueUrl, MaxNumberOfMessages: BatchSize });
      if (Messages.length === 0) break;
      running++;
      void deliver(Messages).finally(() => {
        running--;
        poll();
      });
    }
    clearTimeout(timer);
    const next = sqs.nextAt(QueueUrl);
    if (Number.isFinite(next)) timer = setTimeout(poll, Math.min(Math.max(next - Date.now(), 1), 60_000)).unref();
  }

  async function deliver(messages: readonly Json[]) {
    try {
      const { batchItemFailures = [] } = (await invoke({ Records: messages.map(record) })) ?? {};
      const failed = batchItemFailures.map(({ itemIdentifier }: Json) => itemIdentifier);
      for (const { MessageId, ReceiptHandle } of messages)
        if (!failed.includes(MessageId)) sqs.operations.DeleteMessage({ QueueUrl, ReceiptHandle });
    } catch {
      // Nothing of the batch was taken.
    }
  }

  const record = ({ MessageId, ReceiptHandle, Body, MD5OfBody, Attributes }: Json) => ({
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    md5OfBody: MD5OfBody,
    attributes: Attributes,
    messageAttributes: {},
    eventSource: "aws:sqs",
    eventSourceARN: EventSourceArn,
    awsRegion: region,
  });

  return { poll, close: () => clearTimeout(timer) };
}
