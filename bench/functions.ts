import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { bundle } from "../lib/bundle.ts";
import { type FunctionName, type FunctionSettings, functionNames, functions } from "../lib/functions.ts";
import type { Resource } from "../local/assembly.ts";
import { type Call, calls, form } from "./calls.ts";
import type { Prepared } from "./load.ts";
import { program } from "./pinned.ts";
import type { Signers } from "./rows.ts";
import { seeded } from "./seed.ts";
import { environment } from "./servers/environment.ts";
import { signer } from "./signing.ts";
import { spreadOf } from "./statistics.ts";

export interface Measured {
  readonly name: FunctionName;
  readonly call: Call;
  readonly kilobytes: number;
  readonly importMs: number;
  /** From the import's end to the first answer: connections, keys and all. */
  readonly firstMs: number;
  readonly megabytes: number;
}

interface Answered {
  readonly ms: number;
  readonly status: number;
  readonly rss: number;
}

const IMPORTS = 5;

/** Every function's bundle, imported and called in a process of its own, beside an embedded DynamoDB in this one. */
export async function measuredFunctions(tables: readonly Resource[], times: number): Promise<readonly Measured[]> {
  const to = join("node_modules", ".cache", "bench-functions");
  await bundle(functionNames, { from: "functions", to });
  const signers: Signers = {
    client: await signer("client"),
    resourceServer: await signer("source"),
    proofs: await signer(),
  };
  const env = await environment(tables, (await signer()).jwk);
  Object.assign(process.env, env);
  const { exchange } = await import("../functions/ports.ts");
  const peer = await seeded(exchange(process.env), {
    client: signers.client.jwk,
    resourceServer: signers.resourceServer.jwk,
    tables,
  });
  const bundleOf = (name: string) => resolve(to, name, "index.mjs");
  const send = async (request: Prepared) => {
    const { handler } = await import("../functions/token.ts");
    return String((await handler(form(request), {} as never)).body);
  };
  const called = await calls(peer, signers, send);

  const results: Measured[] = [];
  for (const name of functionNames) {
    const load = { bundle: bundleOf(name), environment: env };
    const heap = heapOf(functions[name]);
    const imports: number[] = [];
    for (let n = 0; n < IMPORTS; n++) {
      const fresh = program("function-process.ts", [name], undefined, heap);
      imports.push((await fresh.ask<Answered>({ load })).ms);
      fresh.end();
    }
    results.push({
      name,
      call: called[name],
      kilobytes: readFileSync(load.bundle).length / 1000,
      importMs: spreadOf(imports).median,
      ...(await used(name, load, heap, called[name], times)),
    });
  }
  return results;
}

/** Node's limits as Lambda's runtime sets them from a function's memory: young and old generation. */
const heapOf = ({ memorySize }: FunctionSettings) => [
  `--max-semi-space-size=${Math.floor(memorySize * 0.05)}`,
  `--max-old-space-size=${Math.floor(memorySize * 0.9)}`,
];

async function used(name: string, load: object, heap: readonly string[], { event, status, what }: Call, times: number) {
  const one = program("function-process.ts", [name], undefined, heap);
  try {
    await one.ask({ load });
    const ask = async () => {
      const answer = await one.ask<Answered>({ event: await event() });
      if (answer.status !== status) throw new Error(`${name} answered ${answer.status} to: ${what}`);
      return answer;
    };
    const first = await ask();
    let last = first;
    for (let done = 1; done < times; done++) last = await ask();
    return { firstMs: first.ms, megabytes: last.rss / 1_000_000 };
  } finally {
    one.end();
  }
}
