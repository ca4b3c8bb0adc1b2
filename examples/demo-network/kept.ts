import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** A JSON file that only its owner may read: keys, client_ids, refresh tokens. A crash leaves the old one or the new one. */
export interface Kept<T> {
  value: T;
  /** Writes `value`; calls wait for each other. */
  save(): Promise<void>;
}

export async function kept<T>(file: string, initial: T): Promise<Kept<T>> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const text = await readFile(file, "utf8").catch(() => undefined);
  let writing = Promise.resolve();
  const self: Kept<T> = {
    value: text === undefined ? initial : JSON.parse(text),
    save() {
      const write = async () => {
        await writeFile(`${file}.new`, `${JSON.stringify(self.value, null, 2)}\n`, { mode: 0o600 });
        await rename(`${file}.new`, file);
      };
      writing = writing.then(write, write);
      return writing;
    },
  };
  return self;
}
