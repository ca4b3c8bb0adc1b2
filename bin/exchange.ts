import { exchangeApp } from "../lib/exchange-app.ts";

/** The CDK app. A warning is an error: what is not to be fixed is acknowledged with its reason. */
const { stacks } = exchangeApp({ dist: process.env["FPX_DIST"] ?? "dist" }).app.synth();
for (const { level, id, entry } of stacks.flatMap(({ messages }) => messages)) {
  if (level === "info") continue;
  console.error(`${level}: ${id}: ${String(entry.data)}`);
  process.exitCode = 1;
}
