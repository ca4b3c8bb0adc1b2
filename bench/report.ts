import type { Compared } from "./comparison.ts";
import { peerNames } from "./peers.ts";
import type { Spread } from "./statistics.ts";

const [, ...exchanges] = peerNames;
const times = ({ median, p10, p90 }: Spread) => `**${median.toFixed(2)}** (${p10.toFixed(2)}–${p90.toFixed(2)})`;
const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;

export function table(head: readonly string[], body: readonly (readonly (string | number)[])[]): string {
  return [line(head), line(head.map((_, n) => (n === 0 ? "---" : "---:"))), ...body.map(line)].join("\n");
}

const HOW = `## Beside oidc-provider

oidc-provider (in-memory adapter) and the exchange (its Lambda handlers behind a plain \`node:http\` listener, once on the memory store and once on the
embedded DynamoDB, which runs in the same process) answer the same requests in turns: one round each, again and again. Both verify private_key_jwt with a
single-use \`jti\`, both sign ES256. Requests are signed before a round begins; an answer that is no success ends the bench. No server writes a log.

A rate is answers a second of the server's own CPU time, all its threads: what one core gives, however busy the machine is otherwise. A ratio is to
oidc-provider in the same round: median, and 10th to 90th percentile over the rounds; beside it the same by the clock on the wall. The embedded DynamoDB is a
JavaScript program that shares the core, so its column tells what tests and \`npm start\` feel, and nothing about AWS.`;

/** Side by side, with what we reach for. */
export function comparisonTable(results: readonly Compared[]): string {
  const rows = results.map(({ row, perSecond, ratio, byTheClock }) => [
    row.name,
    Math.round(perSecond["oidc-provider"].median),
    ...exchanges.flatMap((name) => [
      Math.round(perSecond[name].median),
      times(ratio[name]),
      byTheClock[name].median.toFixed(2),
    ]),
    `≥ ${row.reach}: ${ratio.memory.median >= row.reach ? "yes" : "**no**"}`,
  ]);
  const head = ["row", "oidc-provider /s", ...exchanges.flatMap((name) => [`${name} /s`, "ratio", "by the clock"])];
  return `${HOW}\n\n${table([...head, "on memory"], rows)}

Introspection is not the same work: the exchange opens a JWT and reads the consent, the Link and everything else it hangs on, where oidc-provider looks up
one opaque token.`;
}
