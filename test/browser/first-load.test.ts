import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { consents, sources } from "../wallet/seen-by-june.ts";
import { built } from "./built.ts";
import { juneOn } from "./chromium.ts";
import { emptyWorld } from "./fake-exchange.ts";
import { walletInChromium } from "./wallet-in-chromium.ts";

/** Compressed bytes a page may load at first, by what they are. */
const BUDGET = { script: 170_000, stylesheet: 12_000, font: 60_000, image: 10_000, manifest: 1_000 };
/** Files of ours until a screen stands: the page, its script, its style, fonts, the icon. */
const MOST_FILES = 8;
/** Core Web Vitals: up to here a layout shift is "good". */
const MOST_SHIFT = 0.1;

const compressed = (file: string) => gzipSync(readFileSync(file)).length;

test.each(["web", "navigator"] as const)("the first load of %s is at most 170 kB of JavaScript", async (mode) => {
  const { folder, remove } = await built(mode);
  const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));
  for (const page of pages) {
    const html = readFileSync(join(folder, page), "utf8");
    const scripts = [...html.matchAll(/(?:src|href)="(\.?\/[^"]+\.js)"/g)].map(([, path = ""]) => path);
    const bytes = scripts.reduce((sum, path) => sum + compressed(join(folder, path)), 0);
    expect(bytes, page).toBeGreaterThan(0);
    expect(bytes, page).toBeLessThanOrEqual(BUDGET.script);
  }
  remove();
});

let world = emptyWorld();
const wallet = walletInChromium(() => world);

test.each([
  ["a new person", { ...emptyWorld(), me: undefined }],
  ["June at home", { ...emptyWorld(), consents: [...consents], sources: [...sources] }],
])(
  "the budget of a first load holds for %s: scripts, styles, fonts, requests, own origin alone, no shift",
  async (_, known) => {
    world = known;
    const page = await juneOn(wallet.browser(), { viewport: { width: 320, height: 640 } });
    const loaded: { kind: string; url: URL }[] = [];
    page.on("requestfinished", (request) => loaded.push({ kind: request.resourceType(), url: new URL(request.url()) }));
    await page.goto(wallet.origin());
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForFunction(() => document.fonts.status === "loaded");
    await page.waitForLoadState("networkidle");

    expect(new Set(loaded.map(({ url }) => url.origin))).toEqual(new Set([wallet.origin()]));
    const files = loaded.filter(({ url }) => !url.pathname.startsWith("/wallet/"));
    expect(files.length).toBeLessThanOrEqual(MOST_FILES);
    const file = ({ pathname }: URL) => join(wallet.folder(), pathname === "/" ? "index.html" : pathname);
    for (const [kind, limit] of Object.entries(BUDGET)) {
      const bytes = files.filter((one) => one.kind === kind).reduce((sum, { url }) => sum + compressed(file(url)), 0);
      expect(bytes, kind).toBeLessThanOrEqual(limit);
    }
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) =>
            resolve(
              list.getEntries().reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0),
            ),
          ).observe({ type: "layout-shift", buffered: true });
          // There is no entry where nothing shifted.
          setTimeout(() => resolve(0), 500);
        }),
    );
    expect(shift).toBeLessThanOrEqual(MOST_SHIFT);
    await page.context().close();
  },
);
