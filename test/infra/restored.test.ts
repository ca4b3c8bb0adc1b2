import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { exchangeApp } from "../../lib/exchange-app.ts";
import { emptyBundles } from "./empty-bundles.ts";
import { type Json, templates } from "./templates.ts";

const folder = mkdtempSync(join(tmpdir(), "fpx-restored-"));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("operations C10 with the context recordsStream notify follows the stream of a table that was restored, and nothing else changes", () => {
  const recordsStream = "arn:aws:dynamodb:eu-central-1:123456789012:table/records/stream/2026-11-24T20:00:00.000";
  // How the CDK command line hands on `-c`.
  vi.stubEnv("CDK_CONTEXT_JSON", JSON.stringify({ recordsStream }));
  const { stacks } = exchangeApp({
    dist: emptyBundles(join(folder, "dist")),
    outdir: join(folder, "cdk.out"),
  }).app.synth();
  const restored: Json = Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, template]));

  const different = Object.entries<Json>(restored.FpxApi.Resources).filter(
    ([id, resource]) => JSON.stringify(resource) !== JSON.stringify(templates.FpxApi.Resources[id]),
  );
  expect(different.map(([, { Type }]) => Type).toSorted()).toEqual([
    "AWS::IAM::Role",
    "AWS::Lambda::EventSourceMapping",
  ]);
  for (const [, { Type, Properties }] of different)
    if (Type === "AWS::IAM::Role") expect(JSON.stringify(Properties)).toContain(recordsStream);
    else expect(Properties.EventSourceArn).toBe(recordsStream);
  expect(restored.FpxState.Resources).toEqual(templates.FpxState.Resources);
  expect(JSON.stringify(restored.FpxState.Outputs)).not.toContain("StreamArn");
});
