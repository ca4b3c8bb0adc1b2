import type { Measured } from "./functions.ts";
import { table } from "./report.ts";

const HOW = (times: number) => `## The functions

Each bundle as it is deployed, in a Node process of its own, on the embedded DynamoDB of another. Import: median of five fresh processes. First answer: from the
end of the import, with connections and keys. Memory: resident, after ${times.toLocaleString("en")} calls, one at a time as Lambda makes them, with the limits of young and old
generation that Lambda's runtime gives Node for a function of that size (5% and 90% of its memory).`;

/** What each function needs, and whether it is what we reach for. */
export function functionsTable(measured: readonly Measured[], times: number): string {
  const rows = measured.map(({ name, kilobytes, importMs, firstMs, megabytes, call }) => [
    name,
    Math.round(kilobytes),
    Math.round(importMs),
    Math.round(firstMs),
    Math.round(megabytes),
    call.what,
  ]);
  const token = measured.find(({ name }) => name === "token");
  const largest = Math.max(...measured.map(({ megabytes }) => megabytes));
  const reach = (is = Number.NaN, most: number) => `${Math.round(is)} of ${most}${is <= most ? "" : ": **over**"}`;
  return `${HOW(times)}

${table(["function", "bundle, kB", "import, ms", "first answer, ms", "memory, MB", "the call"], rows)}

Reach: token function ${reach(token?.kilobytes, 450)} kB, import ${reach(token?.importMs, 120)} ms; memory of the largest ${reach(largest, 250)} MB.`;
}
