import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { apiParameters, edgeParameters } from "../../lib/parameters.ts";
import { findings, type Json, messages, templates } from "./templates.ts";

test("the synthesis has no warning and cdk-nag no finding that is not acknowledged", () => {
  expect(messages).toEqual([]);
  expect(findings).toEqual([]);
});

test("parameters are those of docs/deploy.md, and the origin secrets are not echoed", () => {
  const { BootstrapVersion: _, ...api } = templates.FpxApi.Parameters;
  expect(Object.keys(api)).toEqual(Object.keys(apiParameters));
  expect(Object.keys(templates.FpxEdge.Parameters)).toEqual(expect.arrayContaining(Object.keys(edgeParameters)));
  for (const stack of ["FpxApi", "FpxEdge"] as const)
    expect(templates[stack].Parameters.OriginSecrets).toMatchObject({ NoEcho: true });
  const text = readFileSync("docs/deploy.md", "utf8");
  for (const name of [...Object.keys(apiParameters), ...Object.keys(edgeParameters)])
    expect(text).toContain(`\`${name}\``);
});

test("what docs/deploy.md sets are parameters of that stack, and every output is told where an operator looks", () => {
  const text = readFileSync("docs/deploy.md", "utf8");
  const known = { FpxApi: Object.keys(apiParameters), FpxEdge: Object.keys(edgeParameters) };
  const set = [...text.matchAll(/\b(FpxApi|FpxEdge):(\w+)=/g)];
  expect(set.length).toBeGreaterThan(10);
  for (const [, stack, name] of set) expect(known[stack as keyof typeof known]).toContain(name);
  const manuals = text + readFileSync("docs/operator.md", "utf8");
  for (const { Outputs } of Object.values(templates))
    for (const [name, { Export }] of Object.entries<Json>(Outputs ?? {}))
      if (Export === undefined) expect(manuals).toContain(name);
});

test("OperatorJwk takes a public key and refuses a private one", () => {
  const pattern = new RegExp(apiParameters.OperatorJwk.allowedPattern);
  const publicJwk = { kty: "EC", crv: "P-256", x: "x", y: "y" };
  expect(pattern.test(JSON.stringify(publicJwk))).toBe(true);
  expect(pattern.test(JSON.stringify({ ...publicJwk, d: "secret" }))).toBe(false);
});
