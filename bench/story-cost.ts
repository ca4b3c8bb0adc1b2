import type { Resource } from "../local/assembly.ts";
import { type Operation, tableOf, type Units, unitsOf } from "./capacity.ts";
import type { Recorded } from "./recording.ts";
import { table } from "./report.ts";

/** US dollars a million units, on demand in us-east-1, as listed. */
const PRICE = { write: 0.625, read: 0.125 } as const;

export interface Cost {
  readonly read: number;
  /** Of the read units, those of Clients, Resource Servers, definitions and purposes, which every story in an environment shares; and those of June herself. */
  readonly parties: number;
  readonly person: number;
  /** Of items and of index entries. */
  readonly write: number;
  /** Of the write units, those of Consent and AuthorizationRequest items, and of their index entries. */
  readonly decided: number;
  readonly indexed: number;
}

const none: Cost = { read: 0, parties: 0, person: 0, write: 0, decided: 0, indexed: 0 };

/** Units of each step, in the order of the story. */
export function costs(story: readonly Recorded[], tables: readonly Resource[]): ReadonlyMap<string, Cost> {
  const steps = new Map<string, Cost>();
  for (const operation of story) {
    const so = steps.get(operation.step) ?? none;
    steps.set(operation.step, sum(so, costOf(operation, unitsOf(operation, definition(tables, operation.table)))));
  }
  return steps;
}

export const total = (steps: ReadonlyMap<string, Cost>): Cost => [...steps.values()].reduce(sum, none);

/** The template's table a local one stands for: `records-0` is `Records`. */
export function definition(tables: readonly Resource[], name: string) {
  const purpose = name.split("-")[0]?.toLowerCase() ?? "";
  const found = tables.find((candidate) => candidate.name.toLowerCase().includes(purpose));
  if (found === undefined) throw new Error(`no table ${name} in the template`);
  return tableOf(found.properties);
}

/** Only the registry reads an item at a glance (`RegisteredStore`): what it has seen within 2 s it does not read. */
function costOf({ name, consistent, before, after }: Operation, { read, write, indexes }: Units): Cost {
  const entries = Object.values(indexes).reduce((all, units) => all + units, 0);
  const [pk = "", sk = ""] = ["pk", "sk"].map((key): string | undefined => (after ?? before)?.[key]?.S);
  const decides = sk === "CONSENT" || sk === "REQUEST";
  const registry = name === "GetItem" && !consistent ? read : 0;
  const [parties, person] = pk.startsWith("PERSON#") ? [0, registry] : [registry, 0];
  return {
    read,
    parties,
    person,
    write: write + entries,
    decided: decides ? write : 0,
    indexed: decides ? entries : 0,
  };
}

const sum = (one: Cost, other: Cost): Cost => ({
  read: one.read + other.read,
  parties: one.parties + other.parties,
  person: one.person + other.person,
  write: one.write + other.write,
  decided: one.decided + other.decided,
  indexed: one.indexed + other.indexed,
});

const HOW = `## June's story in DynamoDB units

Recorded at the functions' DynamoDB client, a step at a time, with more than the registry's 2 s between steps, so that no step lives on another's cache;
that is what the first story after a quiet hour costs. In an exchange that is busy, each environment has the Client, the sources, the definitions and the
purposes from the stories of others ("parties warm"); June's own record it has only from a step of hers less than 2 s before ("all warm"). Counted by
\`bench/capacity.ts\` from item sizes and the template's indexes, which \`npm run test:dynamodb-local\` compares with what DynamoDB Local says
(\`ReturnConsumedCapacity\`), in total and per index. Left out: what is read once per environment (the keys table), and the stream, which is free to Lambda.`;

/** A step a row, and what a million stories cost at list price. */
export function storyTable(steps: ReadonlyMap<string, Cost>): string {
  const row = (name: string, { read, parties, person, write, decided, indexed }: Cost) => [
    name,
    write,
    read,
    read - parties,
    read - parties - person,
    decided,
    indexed,
  ];
  const all = total(steps);
  const price = (read: number) => `$${(all.write * PRICE.write + read * PRICE.read).toFixed(2)}`;
  const [busy, warm] = [all.read - all.parties, all.read - all.parties - all.person];
  const reach = (is: number, most: number) => `${is} of ${most}${is > most ? ": **over**" : ""}`;
  return `${HOW}

${table(
  [
    "step",
    "write units",
    "read units, every cache cold",
    "parties warm",
    "all warm",
    "of the writes: Consent and request items",
    "their index entries",
  ],
  [...[...steps].map(([name, cost]) => row(name, cost)), row("**in all**", all)],
)}

Reach: write units ${reach(all.write, 60)}; read units ${reach(all.read, 40)}, parties warm ${reach(busy, 40)}, all warm ${reach(warm, 40)}; on Consent and AuthorizationRequest items ${reach(all.decided, 12)}.

A million stories: ${price(busy)} of DynamoDB, with every cache cold ${price(all.read)}, at list price ($${PRICE.write} a million write units, $${PRICE.read} a million read units, us-east-1, on demand).`;
}
