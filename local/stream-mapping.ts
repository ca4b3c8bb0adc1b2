import { setTimeout as sleep } from "node:timers/promises";
import { account, type Json, region } from "./assembly.ts";
import { matches } from "./event-pattern.ts";
import type { Change } from "./stream.ts";

export interface StreamMappingOptions {
  /** Properties of the `AWS::Lambda::EventSourceMapping`. */
  readonly properties: Json;
  readonly invoke: (event: { readonly Records: readonly Json[] }) => Promise<Json>;
  /** What the failure destination receives. */
  readonly failed: (records: readonly Json[], attempts: number) => void;
  /** Milliseconds between attempts. */
  readonly pause?: number;
}

interface Waiting {
  readonly record: Json;
  readonly taken: () => void;
}

/**
 * Lambda's poller for one stream: filter, batch, retry, bisect, failure destination. The function it returns resolves when the change
 * needs no more attention: filtered out, taken, or failed for good.
 */
export function streamMapping({ properties, invoke, failed, pause = 200 }: StreamMappingOptions) {
  const {
    BatchSize = 100,
    MaximumRetryAttempts = -1,
    MaximumRecordAgeInSeconds = -1,
    BisectBatchOnFunctionError,
  } = properties;
  const patterns: Json[] = (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }: Json) => JSON.parse(Pattern));
  const waiting: Waiting[] = [];
  let draining = false;

  async function drain() {
    if (draining) return;
    draining = true;
    // What is written together is one batch.
    await sleep(0);
    for (let batch = waiting.splice(0, BatchSize); batch.length > 0; batch = waiting.splice(0, BatchSize)) {
      await deliver(
        batch.map(({ record }) => record),
        0,
      );
      for (const { taken } of batch) taken();
    }
    draining = false;
  }

  async function deliver(batch: readonly Json[], attempts: number): Promise<void> {
    const given = MaximumRetryAttempts >= 0 && attempts > MaximumRetryAttempts;
    if (given || tooOld(batch)) return failed(batch, attempts);
    if (attempts > 0) await sleep(pause);
    const outcome = await attempt(batch);
    if (outcome === "taken") return;
    if (outcome === "threw" && BisectBatchOnFunctionError && batch.length > 1) {
      // Splitting does not count as an attempt.
      await deliver(batch.slice(0, batch.length >> 1), attempts);
      return deliver(batch.slice(batch.length >> 1), attempts);
    }
    return deliver(outcome === "threw" ? batch : batch.slice(outcome), attempts + 1);
  }

  /** The index of the first record that failed: what stands before it has been taken. */
  async function attempt(batch: readonly Json[]): Promise<"taken" | "threw" | number> {
    try {
      const { batchItemFailures = [] } = (await invoke({ Records: batch })) ?? {};
      if (batchItemFailures.length === 0) return "taken";
      const sequences = batch.map(({ dynamodb }) => dynamodb.SequenceNumber);
      const failures = batchItemFailures.map(({ itemIdentifier }: Json) => sequences.indexOf(itemIdentifier));
      return Math.max(0, Math.min(...failures));
    } catch {
      return "threw";
    }
  }

  const tooOld = ([oldest]: readonly Json[]) =>
    MaximumRecordAgeInSeconds > 0 &&
    Date.now() / 1000 - oldest.dynamodb.ApproximateCreationDateTime > MaximumRecordAgeInSeconds;

  return (change: Change): Promise<void> => {
    const record = streamRecord(change);
    if (patterns.length > 0 && !patterns.some((pattern) => matches(pattern, record))) return Promise.resolve();
    return new Promise((taken) => {
      waiting.push({ record, taken });
      void drain();
    });
  };
}

function streamRecord({ sequence, table, key, before, after, at }: Change): Json {
  return {
    eventID: crypto.randomUUID(),
    eventName: before === undefined ? "INSERT" : after === undefined ? "REMOVE" : "MODIFY",
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at),
      Keys: key,
      ...(after && { NewImage: after }),
      ...(before && { OldImage: before }),
      SequenceNumber: String(sequence).padStart(21, "0"),
      SizeBytes: JSON.stringify(after ?? before).length,
      StreamViewType: "NEW_AND_OLD_IMAGES",
    },
    eventSourceARN: `arn:aws:dynamodb:${region}:${account}:table/${table}/stream/local`,
  };
}
