import { env } from "node:process";
import { defineConfig } from "vitest/config";
import { chromiumPath } from "./test/browser/chromium-path.ts";

/** `npm run test:browser`: every screen, shared by two cores, then what must have the machine for itself. */
env["CHROMIUM"] = chromiumPath();

const screens = ["test/browser/screens-*.test.ts"];
const every = { testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { ...every, name: "screens", include: screens, sequence: { groupOrder: 0 }, maxWorkers: 2 } },
      {
        test: {
          ...every,
          name: "stories",
          include: ["test/browser/**/*.test.ts"],
          exclude: screens,
          sequence: { groupOrder: 1 },
          fileParallelism: false,
        },
      },
    ],
  },
});
