import type { Shown, Suspendable } from "../sdk/operator/entries.ts";
import type { Operator } from "../sdk/operator/operator.ts";
import { bytesIn, entryIn } from "./entry-file.ts";
import { idOf, lineOf, nouns } from "./entry-lines.ts";

/** A command line that means nothing. */
export class Usage extends Error {}

/** What a step has to say: to people, and with `--json`. */
export interface Told {
  readonly text: string;
  readonly json: unknown;
}

type Step = (exchange: Operator, folder: string) => Promise<Told>;

/** What a command line means, before anything is read or asked. */
export function commandOf(noun: string, [verb, argument, ...more]: readonly string[]): Step {
  if (noun === "initial-access-token" && verb !== undefined && argument === undefined) {
    return async (exchange, folder) => {
      const kind = "initial-access-tokens";
      const { entry } = await exchange.add(kind, await entryIn(folder, verb, kind));
      return { text: entry.initial_access_token, json: entry };
    };
  }
  if (noun === "person" && (verb === "suspend" || verb === "resume") && argument !== undefined && more.length === 0) {
    return async (exchange) => {
      const entry = await exchange[verb]("people", argument);
      return { text: `Now ${entry.status}: person ${entry.person}`, json: entry };
    };
  }
  if (noun === "person") throw new Usage("person wants: suspend CLIENT_ID.SUB or resume CLIENT_ID.SUB.");
  const kind = Object.hasOwn(nouns, noun) ? nouns[noun as keyof typeof nouns] : undefined;
  if ((noun === "client" || noun === "rs") && (verb === "logo" || verb === "no-logo"))
    return logo(noun, verb, [argument, ...more]);
  if (kind === undefined || more.length > 0) throw new Usage(noun === "" ? "" : `There is no command like this.`);
  if (verb === "list" && argument === undefined) {
    return async (exchange) => {
      const entries = await exchange.list(kind);
      return { text: entries.map((entry) => lineOf(kind, entry)).join("\n") || `No ${noun} yet.`, json: entries };
    };
  }
  if (verb === "show" && argument !== undefined) {
    return async (exchange) => {
      const entry = await exchange.show(kind, argument);
      return { text: JSON.stringify(entry, null, 2), json: entry };
    };
  }
  if (verb === "add" && argument !== undefined) {
    return async (exchange, folder) => {
      const { created, entry } = await exchange.add(kind, await entryIn(folder, argument, kind));
      const secret = "client_secret" in entry ? `\nIts secret, told this once: ${entry.client_secret}` : "";
      return { text: `${created ? "Added" : "Already there"}: ${noun} ${idOf(kind, entry)}${secret}`, json: entry };
    };
  }
  if (kind !== "definitions" && kind !== "purposes" && kind !== "capability-tickets" && argument !== undefined) {
    if (verb === "suspend" || verb === "resume")
      return async (exchange) => standing(noun, kind, await exchange[verb](kind, argument));
    throw new Usage(
      `${noun} wants: add FILE, list, show ID, suspend ID or resume ID${noun === "client" || noun === "rs" ? ", logo ID FILE or no-logo ID" : ""}.`,
    );
  }
  throw new Usage(`${noun} wants: add FILE, list, or show ID.`);
}

function logo(
  noun: "client" | "rs",
  verb: "logo" | "no-logo",
  [id, file, ...more]: readonly (string | undefined)[],
): Step {
  if (id === undefined || more.length > 0 || (file === undefined) !== (verb === "no-logo"))
    throw new Usage(`${noun} wants: logo ID FILE, or no-logo ID.`);
  const kind = nouns[noun];
  return async (exchange, folder) => {
    const entry =
      file === undefined
        ? await exchange.removeLogo(kind, id)
        : await exchange.setLogo(kind, id, await bytesIn(folder, file));
    return { text: `${file === undefined ? "No logo" : "A logo"}: ${noun} ${id}`, json: entry };
  };
}

function standing<K extends Exclude<Suspendable, "people">>(noun: string, kind: K, entry: Shown[K]): Told {
  return { text: `Now ${entry.status}: ${noun} ${idOf(kind, entry)}`, json: entry };
}
