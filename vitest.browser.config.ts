import { env } from "node:process";
import { defineConfig } from "vitest/config";
import { chromiumPath } from "./test/browser/chromium-path.ts";

/** `npm run test:browser`: the screens in Chromium. */
env["CHROMIUM"] = chromiumPath();

export default defineConfig({
  test: { include: ["test/browser/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 120_000, fileParallelism: false },
});
