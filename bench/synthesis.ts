import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exchangeApp } from "../lib/exchange-app.ts";
import { functionNames } from "../lib/functions.ts";
import type { Json, Resource } from "../local/assembly.ts";

const TABLE = "AWS::DynamoDB::GlobalTable";

/** The tables of the synthesized template; an empty file in the place of each bundle is enough for it. */
export function synthesizedTables(): readonly Resource[] {
  const folder = mkdtempSync(join(tmpdir(), "fpx-bench-"));
  try {
    for (const path of [...functionNames.map((name) => join("functions", name)), "wallet"]) {
      mkdirSync(join(folder, "dist", path), { recursive: true });
      writeFileSync(join(folder, "dist", path, "index.mjs"), "");
    }
    const { stacks } = exchangeApp({ dist: join(folder, "dist"), outdir: join(folder, "cdk.out") }).app.synth();
    return stacks.flatMap(({ stackName: stack, template }) =>
      Object.entries<Json>(template.Resources ?? {})
        .filter(([, { Type }]) => Type === TABLE)
        .map(([id, { Properties }]) => ({ name: `${stack}-${id}`, arn: id, stack, properties: Properties })),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
