import { defineConfig } from "vitest/config";

/** One project per folder of test/; `npm test` runs them all. Two more have scripts of their own: they need Java, or Chromium. */
const projects = [
  "architecture",
  "protocol",
  "core",
  "contract",
  "adapters",
  "functions",
  "oidf",
  "infra",
  "local",
  "sdk",
  "examples",
  "cli",
  "bench",
  "wallet",
  "navigator",
];

export default defineConfig({
  test: {
    projects: projects.map((name) => ({
      test: {
        name,
        include: name === "architecture" ? ["test/architecture.test.ts"] : [`test/${name}/**/*.test.ts`],
        testTimeout: 20_000,
        hookTimeout: 60_000,
        ...(name === "infra" && { globalSetup: "test/infra/synthesized.ts" }),
      },
    })),
    passWithNoTests: true,
    // Files that wait for real seconds leave a core free: of two cores vitest by itself would use one.
    maxWorkers: "100%",
  },
});
