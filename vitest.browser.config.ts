import { existsSync } from "node:fs";
import { env } from "node:process";
import { defineConfig } from "vitest/config";

/** `npm run test:browser`: the screens in Chromium. `CHROMIUM` names one that is elsewhere. */
env["CHROMIUM"] ??= ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (env["CHROMIUM"] === undefined) {
  console.error("Chromium is needed: install it (apt-get install chromium), or set CHROMIUM to the path of one.");
  process.exit(1);
}

export default defineConfig({
  test: { include: ["test/browser/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 120_000, fileParallelism: false },
});
