import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dynalite } from "../test/support/dynamodb.ts";
import { compared, type Effort } from "./comparison.ts";
import { canPin, LOAD, pinSelf } from "./pinned.ts";
import { comparisonTable } from "./report.ts";
import { juneStory } from "./story.ts";
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
  : { warmUp: 500, rounds: [9, 25], roundMs: 250 };

const tables = synthesizedTables();
pinSelf(LOAD);
const began = performance.now();

const page = [
  "# Performance",
  "",
  "Written by `npm run bench`; `npm run bench -- --quick` is a short run that writes nothing.",
  "",
  `On ${cores} cores, Node ${process.version}, ${process.platform} ${process.arch}; ${canPin ? "servers on one core, the load on the other (taskset)" : "**not pinned to cores**: there is no taskset"}.`,
  "",
  comparisonTable(await compared(tables, effort)),
  "",
  storyTable(costs(await juneStory(await dynalite()), tables)),
  "",
].join("\n");

console.log(page);
if (!quick) writeFileSync("docs/performance.md", page);
console.log(`${Math.round((performance.now() - began) / 1000)} s`);

function stop(why: string): never {
  console.error(`bench: ${why}`);
  process.exit(1);
}
