import { createHash } from "node:crypto";
import type { Json, Resource } from "./assembly.ts";
import type { Operations } from "./aws-endpoint.ts";
import { AwsError } from "./aws-error.ts";
import { saved } from "./saved.ts";

interface Message {
  readonly MessageId: string;
  readonly Body: string;
  readonly sentAtMs: number;
  readonly visibleAtMs: number;
  readonly received: number;
  /** Of whoever received it last. */
  readonly receipt?: string;
  /** Somebody has it and has not put it off. */
  readonly held?: boolean;
}

/** SQS standard queues as far as one consumer goes: visibility timeouts and redrive, every message in a file until it is deleted. */
export function localSqs(file: string, queues: readonly Resource[], sent: (queueUrl: string) => void = () => {}) {
  const store = saved<Record<string, readonly Message[]>>(file, {});
  const known = new Map(queues.map((queue) => [urlOf(queue), queue.properties]));
  const arns = new Map(queues.map((queue) => [queue.arn, urlOf(queue)]));
  // Whoever had a message when the process before ended has it no more.
  for (const [url, messages] of Object.entries(store.value))
    store.value[url] = messages.map((message) =>
      message.held ? { ...message, held: false, visibleAtMs: 0 } : message,
    );

  const queue = (url: string): Json => {
    const properties = known.get(url);
    if (properties === undefined)
      throw new AwsError("com.amazonaws.sqs#QueueDoesNotExist", "The specified queue does not exist.");
    return properties;
  };
  const messages = (url: string) => store.value[url] ?? [];
  const keep = (url: string, next: readonly Message[]) => {
    store.value[url] = next;
    store.save(store.value);
  };
  const received = (url: string, receipt: string) => {
    queue(url);
    return messages(url).find((message) => message.receipt === receipt);
  };

  /** What was received too often is somebody else's now. */
  function redrive(url: string, now: number) {
    const { deadLetterTargetArn, maxReceiveCount = Number.POSITIVE_INFINITY } = queue(url).RedrivePolicy ?? {};
    const isDead = ({ visibleAtMs, received }: Message) => visibleAtMs <= now && received >= maxReceiveCount;
    const dead = messages(url).filter(isDead);
    if (dead.length === 0) return;
    const target = arns.get(deadLetterTargetArn) ?? "";
    keep(target, [...messages(target), ...dead.map((message) => ({ ...message, received: 0 }))]);
    keep(
      url,
      messages(url).filter((message) => !dead.includes(message)),
    );
  }

  const operations = {
    SendMessage: ({ QueueUrl, MessageBody, DelaySeconds = 0 }) => {
      queue(QueueUrl);
      const MessageId = crypto.randomUUID();
      const now = Date.now();
      const message = { MessageId, Body: MessageBody, sentAtMs: now, received: 0 };
      keep(QueueUrl, [...messages(QueueUrl), { ...message, visibleAtMs: now + DelaySeconds * 1000 }]);
      sent(QueueUrl);
      return { MessageId, MD5OfMessageBody: md5(MessageBody) };
    },
    ReceiveMessage: ({ QueueUrl, MaxNumberOfMessages = 1, VisibilityTimeout }) => {
      const seconds = VisibilityTimeout ?? queue(QueueUrl).VisibilityTimeout ?? 30;
      const now = Date.now();
      redrive(QueueUrl, now);
      const taken = messages(QueueUrl)
        .filter(({ visibleAtMs }) => visibleAtMs <= now)
        .slice(0, MaxNumberOfMessages)
        .map((message) => ({
          ...message,
          receipt: crypto.randomUUID(),
          held: true,
          visibleAtMs: now + seconds * 1000,
          received: message.received + 1,
        }));
      const ids = new Map(taken.map((message) => [message.MessageId, message]));
      if (taken.length > 0)
        keep(
          QueueUrl,
          messages(QueueUrl).map((message) => ids.get(message.MessageId) ?? message),
        );
      return { Messages: taken.map(told) };
    },
    ChangeMessageVisibility: ({ QueueUrl, ReceiptHandle, VisibilityTimeout }) => {
      const mine = received(QueueUrl, ReceiptHandle);
      if (mine === undefined) throw new AwsError("com.amazonaws.sqs#ReceiptHandleIsInvalid", "The handle is invalid.");
      const putOff = { ...mine, held: false, visibleAtMs: Date.now() + VisibilityTimeout * 1000 };
      keep(
        QueueUrl,
        messages(QueueUrl).map((message) => (message === mine ? putOff : message)),
      );
      sent(QueueUrl);
      return {};
    },
    DeleteMessage: ({ QueueUrl, ReceiptHandle }) => {
      const mine = received(QueueUrl, ReceiptHandle);
      keep(
        QueueUrl,
        messages(QueueUrl).filter((message) => message !== mine),
      );
      return {};
    },
  } satisfies Operations;
  return {
    operations,
    /** When a queue's next message can be received, in milliseconds since the epoch. */
    nextAt: (url: string) => Math.min(...messages(url).map(({ visibleAtMs }) => visibleAtMs)),
  };
}

export type LocalSqs = ReturnType<typeof localSqs>;

/** What `Ref` of a queue is. Its host is nobody's: the SDK goes to the endpoint it was given. */
export const queueUrl = (account: string, name: string) => `http://sqs.localhost/${account}/${name}`;

export const urlOf = ({ arn, name }: Resource) => queueUrl(arn.split(":")[4] ?? "", name);

const told = ({ MessageId, Body, receipt, received, sentAtMs }: Message) => ({
  MessageId,
  Body,
  MD5OfBody: md5(Body),
  ReceiptHandle: receipt,
  Attributes: { ApproximateReceiveCount: String(received), SentTimestamp: String(sentAtMs) },
});

const md5 = (text: string) => createHash("md5").update(text).digest("hex");
