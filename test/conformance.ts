import { readFileSync, writeFileSync } from "node:fs";

/** `npm run conformance [-- --check]`: docs/conformance.md from the titles of the tests that passed in the last `npm test`. */
const REPORT = "node_modules/.cache/tests.json";
const PAGE = "docs/conformance.md";

interface Report {
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly Result[] }[];
}

interface Result {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
}

/** A specification and, where a title names one, its section. */
const REFERENCE =
  /(RFC \d{4}|JARM|CIBA Core|Grant Management|OIDC Core|OIDC Discovery|FAPI 2\.0|FAPI-CIBA|UMA FedAuthz|UMA Grant|WebAuthn)(?: (§[\d.]+))?/g;
const IDS = /\b(?:N|UX|REL)-\d+\b/g;

const titles = passed(JSON.parse(readFileSync(REPORT, "utf8")));
const page = `# Conformance

Made by \`npm run conformance\` from the titles of tests that passed in \`npm test\`: no row without a passing test. Ids (N, UX, REL) are attacks, requirements for
people and rules of operation.

${sections(REFERENCE, ([, spec = "", section = ""]) => [spec, section])}
## By id

${table(grouped(titles, IDS, ([id]) => id))}`;

if (!process.argv.includes("--check")) writeFileSync(PAGE, page);
else if (readFileSync(PAGE, "utf8") !== page) {
  console.error(`${PAGE} is not what the tests say: run npm test and npm run conformance.`);
  process.exitCode = 1;
}

function passed({ testResults }: Report): readonly string[] {
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  const names = results
    .filter(({ status }) => status === "passed")
    .map(({ ancestorTitles, title }) => [...ancestorTitles, title].join(": "));
  return [...new Set(names)].sort();
}

function sections(pattern: RegExp, keys: (match: readonly string[]) => readonly [string, string]): string {
  const bySpec = grouped(titles, pattern, (match) => keys(match)[0]);
  return [...bySpec]
    .sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
    .map(([spec, own]) => {
      const section = (match: readonly string[]) => (keys(match)[0] === spec ? keys(match)[1] || "–" : undefined);
      return `## ${spec}\n\n${table(grouped(own, pattern, section))}`;
    })
    .join("\n");
}

function grouped(
  list: readonly string[],
  pattern: RegExp,
  keyOf: (match: readonly string[]) => string | undefined,
): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const title of list)
    for (const key of new Set([...title.matchAll(pattern)].map(keyOf)))
      if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), title]);
  return groups;
}

function table(groups: Map<string, string[]>): string {
  const rows = [...groups].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
  const cell = (title: string) => title.replace(/\|/g, "\\|").replace(/</g, "&lt;");
  return `| | proved by |\n|---|---|\n${rows.map(([key, list]) => `| ${key} | ${list.map(cell).join("<br>")} |\n`).join("")}`;
}
