import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { functionNames } from "../../lib/functions.ts";

/** An empty file in the place of each bundle: no build is needed to synthesize. */
export function emptyBundles(dist: string): string {
  for (const path of [...functionNames.map((name) => join("functions", name)), "wallet"]) {
    mkdirSync(join(dist, path), { recursive: true });
    writeFileSync(join(dist, path, "index.mjs"), "");
  }
  return dist;
}
