import { readFileSync, writeFileSync } from "node:fs";
import { page } from "./conformance/page.ts";
import { type Passed, unproven } from "./conformance/proof.ts";

/** `npm run conformance [-- --check]`: docs/conformance.md from the titles of the tests that passed in the last `npm test`. */
const REPORT = "node_modules/.cache/tests.json";
const PAGE = "docs/conformance.md";

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly Result[] }[];
}

interface Result {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
}

const tests = passed(JSON.parse(readFileSync(REPORT, "utf8")));
const missing = unproven(tests);
for (const line of missing) console.error(line);
if (missing.length > 0) process.exitCode = 1;

const text = page(tests);
if (!process.argv.includes("--check")) writeFileSync(PAGE, text);
else if (readFileSync(PAGE, "utf8") !== text) {
  console.error(`${PAGE} is not what the tests say: run npm test and npm run conformance.`);
  process.exitCode = 1;
}

function passed({ testResults }: Report): readonly Passed[] {
  const named = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "passed")
    .map(({ ancestorTitles, title }) => ({ full: [...ancestorTitles, title].join(": "), title }));
  return [...new Map(named.map((test) => [test.full, test])).values()].sort((a, b) => (a.full < b.full ? -1 : 1));
}
