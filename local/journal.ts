import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Image } from "./dynamodb-wire.ts";

interface Written {
  readonly sequence: number;
  readonly table: string;
  readonly key: Image;
  readonly before?: Image;
  /** Seconds since the epoch. */
  readonly at: number;
}

/** What a write found, noted before it happens, and struck out when every consumer has taken the change. */
interface JournalEntry extends Written {
  /** What the next write to the same key found: what this one left. None: ask the table. */
  readonly next?: { readonly before?: Image };
}

export interface Journal {
  note(entry: Written): void;
  done(sequence: number): void;
  /** Entries of the process before that were not struck out, oldest first. */
  readonly pending: readonly JournalEntry[];
}

/** One line of JSON each, appended synchronously: it survives SIGKILL. */
export function journal(file: string): Journal {
  const pending = existsSync(file) ? unfinished(readFileSync(file, "utf8")) : [];
  writeFileSync(file, pending.map(({ next: _, ...entry }) => `${JSON.stringify(entry)}\n`).join(""));
  const append = (line: object) => appendFileSync(file, `${JSON.stringify(line)}\n`);
  return { pending, note: append, done: (sequence) => append({ done: sequence }) };
}

function unfinished(text: string): JournalEntry[] {
  const lines = text.split("\n").flatMap(parsed);
  const done = new Set(lines.flatMap((line) => ("done" in line ? [line.done] : [])));
  const written = lines.filter((line) => "sequence" in line);
  const same = (one: Written, other: Written) =>
    `${one.table}${JSON.stringify(one.key)}` === `${other.table}${JSON.stringify(other.key)}`;
  return written
    .filter(({ sequence }) => !done.has(sequence))
    .map((entry) => {
      const next = written.slice(written.indexOf(entry) + 1).find((later) => same(entry, later));
      return next === undefined ? entry : { ...entry, next };
    });
}

/** The last line may be cut off. */
function parsed(line: string): readonly (Written | { readonly done: number })[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}
