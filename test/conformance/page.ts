import { notRun, suites } from "../oidf/modules.ts";
import { notApplicable } from "./attacks.ts";
import { advertised } from "./metadata.ts";
import { naming, type Passed } from "./proof.ts";
import { references } from "./specifications.ts";

const IDS = /\b(?:N|UX|REL)-\d+\b/g;
const SHOWN = 3;

/** docs/conformance.md: section by section, module by module, id by id, member by member. */
export function page(tests: readonly Passed[]): string {
  const ids = grouped(tests, ({ full }) => full.match(IDS) ?? []);
  const reasoned = Object.entries(notApplicable).map(([id, why]) => row([id, "–", why]));
  const of = (kind: string) => [...ids].filter(([id]) => id.startsWith(kind)).map(proved);
  return `# Conformance

Made by \`npm run conformance\` from the titles of tests that passed in \`npm test\`: no row without a passing test. Each row counts the tests that name it and
shows the shortest titles; \`grep -rn "<title>" test\` finds a test.

- [Section by section](#section-by-section)
- [Modules of the OpenID Foundation's conformance suite](#modules-of-the-openid-foundations-conformance-suite)
- [Attacks](#attacks)
- [Requirements for people and for operation](#requirements-for-people-and-for-operation)
- [What discovery advertises](#what-discovery-advertises)

## Section by section

${sections(tests)}
## Modules of the OpenID Foundation's conformance suite

Version 5.2.4, by name: what a module asserts is a test of ours through the handlers. The suite itself was not run.

${Object.entries(suites)
  .map(([suite, names]) => `### ${suite}\n\n${table(["module", "tests", ""], names.map(moduleRow(tests)))}`)
  .join("\n")}
## Attacks

${table(["id", "tests", ""], sorted([...of("N-"), ...reasoned]))}
## Requirements for people and for operation

${table(["id", "tests", ""], sorted([...of("UX-"), ...of("REL-")]))}
## What discovery advertises

${table(
  ["member", "tests", ""],
  Object.entries(advertised).map(([member, title]) => proved([`\`${member}\``, naming(tests, title)])),
)}`;
}

function sections(tests: readonly Passed[]): string {
  const bySpecification = grouped(tests, ({ full }) => references(full).map(({ name }) => name));
  return sorted([...bySpecification.keys()])
    .map((name) => {
      const sectionsOf = ({ full }: Passed) =>
        references(full).flatMap((reference) => (reference.name === name ? [reference.section ?? "–"] : []));
      const rows = [...grouped(bySpecification.get(name) ?? [], sectionsOf)].map(proved);
      return `### ${name}\n\n${table(["section", "tests", ""], sorted(rows))}`;
    })
    .join("\n");
}

const moduleRow = (tests: readonly Passed[]) => (name: string) => {
  const why = notRun[name];
  return why === undefined ? proved([name, naming(tests, name)]) : row([name, "–", why]);
};

function grouped(
  tests: readonly Passed[],
  keysOf: (test: Passed) => readonly string[],
): Map<string, readonly Passed[]> {
  const groups = new Map<string, readonly Passed[]>();
  for (const test of tests)
    for (const key of new Set(keysOf(test))) groups.set(key, [...(groups.get(key) ?? []), test]);
  return groups;
}

function proved([key, tests]: readonly [string, readonly Passed[]]): string {
  const titles = [...new Set(tests.map(({ title }) => title.replace(/^OIDF [\w-]+: /, "")))];
  const shortest = titles.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, SHOWN);
  const more = titles.length - shortest.length;
  return row([key, String(tests.length), [...shortest, ...(more > 0 ? [`${more} more`] : [])].join(" · ")]);
}

function table(head: readonly string[], rows: readonly string[]): string {
  return `${row(head)}${row(head.map(() => "---"))}${rows.join("")}`;
}

/** What a title says stays text: no markup, nothing invisible. */
function row(cells: readonly string[]): string {
  const text = (cell: string) =>
    cell
      .replace(/\p{C}/gu, (invisible) => `\\u{${invisible.codePointAt(0)?.toString(16)}}`)
      .replace(/\|/g, "\\|")
      .replace(/</g, "&lt;");
  return `| ${cells.map(text).join(" | ")} |\n`;
}

function sorted(lines: readonly string[]): string[] {
  return [...lines].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}
