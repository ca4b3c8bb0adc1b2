import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "./assembly.ts";

/** A bucket as a folder: objects by their keys, which hold no path. */
export function folderBucket(folder: string) {
  const keys = (): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);
  const file = (key: string) => (keys().includes(key) ? join(folder, key) : undefined);
  return {
    put(key: string, body: string) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, key), body, { mode: 0o600 });
    },
    list: () => keys().map((key) => ({ key, at: statSync(join(folder, key)).mtime })),
    get(key: string) {
      const found = file(key);
      return found && readFileSync(found, "utf8");
    },
    delete(key: string) {
      const found = file(key);
      if (found !== undefined) rmSync(found);
    },
  };
}

export type FolderBucket = ReturnType<typeof folderBucket>;

/** What Lambda puts into the bucket of failed stream events: like S3, it keeps the whole records. */
export const failedEvents =
  (bucket: FolderBucket, functionName: string) => (records: readonly Json[], attempts: number) => {
    const timestamp = new Date().toISOString();
    const failure = {
      requestContext: { functionName, condition: "RetryAttemptsExhausted", approximateInvokeCount: attempts },
      version: "1.0",
      timestamp,
      payload: JSON.stringify({ Records: records }),
    };
    bucket.put(`${timestamp.replaceAll(":", ".")}-${crypto.randomUUID()}.json`, JSON.stringify(failure, null, 2));
  };
