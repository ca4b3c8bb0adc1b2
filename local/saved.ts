import { readFileSync, renameSync, writeFileSync } from "node:fs";

/** A small JSON file that only its owner reads, replaced as a whole. */
export function saved<T>(file: string, initial: T) {
  return {
    value: read<T>(file) ?? initial,
    save(value: T) {
      writeFileSync(`${file}.new`, JSON.stringify(value, null, 2), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}

function read<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
