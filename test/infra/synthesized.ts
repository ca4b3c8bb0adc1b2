import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { exchangeApp } from "../../lib/exchange-app.ts";
import { emptyBundles } from "./empty-bundles.ts";
import type { Synthesis } from "./templates.ts";

/** Synthesizes once for all tests of this folder. */
export default function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "fpx-infra-"));
  const dist = emptyBundles(join(folder, "dist"));
  const outdir = join(folder, "cdk.out");
  const { stacks } = exchangeApp({ dist, outdir }).app.synth();
  const synthesis: Synthesis = {
    templates: Object.fromEntries(
      stacks.map(({ stackName, template }) => [stackName, template]),
    ) as Synthesis["templates"],
    messages: stacks.flatMap(({ messages }) => messages.map(({ entry }) => String(entry.data))),
    findings: JSON.parse(readFileSync(join(outdir, "validation-report.json"), "utf8")).pluginReports,
  };
  project.provide("synthesis", synthesis);
  return () => rmSync(folder, { recursive: true });
}
