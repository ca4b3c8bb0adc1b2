import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

const wallet = join(import.meta.dirname, "../../wallet");

/** The Wallet's own files of some kinds, with what is in them, by path. */
export const walletFiles = (...kinds: readonly string[]): readonly (readonly [path: string, text: string])[] =>
  readdirSync(wallet, { recursive: true, encoding: "utf8" })
    .filter((path) => kinds.includes(extname(path)))
    .map((path) => [path, readFileSync(join(wallet, path), "utf8")]);
