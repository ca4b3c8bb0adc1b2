import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "./assembly.ts";

/** The bucket of failed stream events, as a folder: like S3, it keeps the whole records. */
export function failedEvents(folder: string, functionName: string) {
  return (records: readonly Json[], attempts: number) => {
    mkdirSync(folder, { recursive: true });
    const timestamp = new Date().toISOString();
    const failure = {
      requestContext: { functionName, condition: "RetryAttemptsExhausted", approximateInvokeCount: attempts },
      version: "1.0",
      timestamp,
      payload: JSON.stringify({ Records: records }),
    };
    const file = `${timestamp.replaceAll(":", ".")}-${crypto.randomUUID()}.json`;
    writeFileSync(join(folder, file), JSON.stringify(failure, null, 2), { mode: 0o600 });
  };
}
