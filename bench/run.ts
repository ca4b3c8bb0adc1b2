import { cpus } from "node:os";
import { compared, type Effort } from "./comparison.ts";
import { measuredFunctions } from "./functions.ts";
import { functionsTable } from "./functions-table.ts";
import { writePage } from "./performance-page.ts";
import { canPin, LOAD, pinSelf, program } from "./pinned.ts";
import type { Recorded } from "./recording.ts";
import { comparisonTable } from "./report.ts";
import { costs, storyTable } from "./story-cost.ts";
import { synthesizedTables } from "./synthesis.ts";

/** `npm run bench [-- --quick]`: measures, prints, and writes docs/performance.md; `--quick` is for trying, and writes nothing. */
const unknown = process.argv.slice(2).find((argument) => argument !== "--quick");
const quick = process.argv.includes("--quick");
if (unknown !== undefined) stop(`there is only --quick, not ${unknown}`);
const cores = cpus().length;
if (cores < 2) stop("two cores are needed: one for the servers, one for the load");

const effort: Effort = quick
  ? { warmUp: 100, rounds: [3, 3], roundMs: 150 }
  : { warmUp: 500, rounds: [7, 13], roundMs: 200 };

const tables = synthesizedTables();
const began = performance.now();
const times = quick ? 200 : 10_000;
const functions = functionsTable(await measuredFunctions(tables, times), times);
const teller = program("story-process.ts", []);
const story = await teller.ask<readonly Recorded[]>({});
teller.end();
pinSelf(LOAD);

const page = [
  "# Performance",
  "",
  "Written by `npm run bench`; `npm run bench -- --quick` is a short run that writes nothing.",
  "",
  `On ${cores} cores, Node ${process.version}, ${process.platform} ${process.arch}; ${canPin ? "servers on one core, the load on the other (taskset)" : "**not pinned to cores**: there is no taskset"}.`,
  "",
  comparisonTable(await compared(tables, effort)),
  "",
  functions,
  "",
  storyTable(costs(story, tables)),
  "",
].join("\n");

console.log(page);
if (!quick) writePage(page);
console.log(`${Math.round((performance.now() - began) / 1000)} s`);

// The embedded DynamoDB of the functions would go on.
process.exit();

function stop(why: string): never {
  console.error(`bench: ${why}`);
  process.exit(1);
}
