import { spawnSync } from "node:child_process";
import { defineConfig } from "vitest/config";

/** `npm run test:dynamodb-local`: the stores on DynamoDB Local, which is a Java program. */
const { stderr = "", error } = spawnSync("java", ["-version"], { encoding: "utf8" });
const version = Number(/version "(\d+)/.exec(stderr)?.[1]);
if (error !== undefined || !(version >= 17)) {
  console.error(
    "Java 17 is needed: DynamoDB Local runs on it. Install a JRE 17 (apt-get install openjdk-17-jre-headless).",
  );
  process.exit(1);
}

export default defineConfig({
  test: {
    include: ["test/dynamodb-local/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
