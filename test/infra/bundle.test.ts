import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundle } from "../../lib/bundle.ts";
import { functionNames } from "../../lib/functions.ts";

const to = join(mkdtempSync(join(tmpdir(), "fpx-bundle-")), "functions");
const bundled = (name: string) => join(to, name, "index.mjs");

beforeAll(() => bundle(functionNames, { from: "functions", to }));
afterAll(() => rmSync(to, { recursive: true }));

test.each(functionNames)("%s is one ES module that exports its handler", (name) => {
  const text = readFileSync(bundled(name), "utf8");
  expect(/export\s*\{[^}]*\bas handler\b[^}]*\}/.test(text)).toBe(true);
  expect(text.includes("Dynamic require of")).toBe(false);
  expect(statSync(bundled(name)).size).toBeLessThan(1_000_000);
});

test("the token function is at most 450 kB of JavaScript", () => {
  expect(statSync(bundled("token")).size).toBeLessThanOrEqual(450_000);
});

test("credential providers that Lambda does not need are left out", () => {
  const has = (words: string) => readFileSync(bundled("token"), "utf8").includes(words);
  expect(has("@aws-sdk/credential-provider-sso is left out of this bundle")).toBe(true);
  expect(has("sso_account_id")).toBe(false);
});

test("an entry file that is missing fails the build and is named", async () => {
  await expect(bundle(["token", "nothing"], { from: "functions", to: join(to, "x") })).rejects.toThrow(
    `not there: ${join("functions", "nothing.ts")}`,
  );
});
