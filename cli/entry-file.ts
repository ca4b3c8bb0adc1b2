import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import * as v from "valibot";
import { type Entries, entrySchemas, type Kind } from "../sdk/operator/entries.ts";
import { Mistake } from "./mistake.ts";

/** What a file holds, or a sentence about why there is nothing. */
export async function bytesIn(folder: string, file: string): Promise<Buffer> {
  return readFile(resolve(folder, file)).catch((failure: NodeJS.ErrnoException) => {
    throw new Mistake(
      failure.code === "ENOENT" ? `${file} does not exist` : `${file} cannot be read: ${failure.message}`,
    );
  });
}

/** JSON of a file, or a sentence about why there is none. */
export async function jsonIn(folder: string, file: string): Promise<unknown> {
  const text = (await bytesIn(folder, file)).toString();
  try {
    return JSON.parse(text);
  } catch (failure) {
    throw new Mistake(`${file} is not JSON: ${(failure as Error).message}`);
  }
}

/**
 * An entry for the operator API, checked here so that the sentence can say where in the file the mistake is.
 *
 * @throws {Mistake}
 */
export async function entryIn<K extends Kind>(folder: string, file: string, kind: K): Promise<Entries[K]> {
  const entry = await jsonIn(folder, file);
  if (Array.isArray(entry)) throw new Mistake(`${file} holds a list: one entry in each file`);
  const { success, issues } = v.safeParse(entrySchemas[kind], entry, { abortEarly: true });
  if (!success) {
    const [issue] = issues;
    throw new Mistake(`${file}, ${v.getDotPath(issue) ?? "at the top"}: ${wrong(issue)}`);
  }
  return entry as Entries[K];
}

/** A pattern tells a person nothing; the example in the manual does. */
function wrong({ type, message, input }: v.BaseIssue<unknown>): string {
  const pattern = type === "regex" && message.startsWith("Invalid format");
  return pattern ? `${JSON.stringify(input)} has not the form that docs/operator.md shows` : message;
}
