import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { built } from "./built.ts";

/** Compressed JavaScript a page may load at first. */
const LIMIT = 170_000;

test.each(["web", "navigator"] as const)("the first load of %s is at most 170 kB of JavaScript", async (mode) => {
  const { folder, remove } = await built(mode);
  const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));
  for (const page of pages) {
    const html = readFileSync(join(folder, page), "utf8");
    const scripts = [...html.matchAll(/(?:src|href)="(\.?\/[^"]+\.js)"/g)].map(([, path = ""]) => path);
    const bytes = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length, 0);
    expect(bytes, page).toBeGreaterThan(0);
    expect(bytes, page).toBeLessThanOrEqual(LIMIT);
  }
  remove();
});
