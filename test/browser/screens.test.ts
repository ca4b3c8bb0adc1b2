import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { juneOn, launched } from "./chromium.ts";
import { emptyWorld, fakeExchange, type World } from "./fake-exchange.ts";
import type { Listening } from "./pages.ts";
import { states } from "./states.ts";

const repo = join(import.meta.dirname, "../..");
const screens = join(repo, "screens");
const dist = mkdtempSync(join(tmpdir(), "fpx-wallet-"));
let browser: Browser;
let exchange: Listening;
let world: World;

beforeAll(async () => {
  mkdirSync(screens, { recursive: true });
  await build({ configFile: join(repo, "wallet/vite.config.ts"), build: { outDir: dist }, logLevel: "error" });
  exchange = await fakeExchange(dist, () => world);
  browser = await launched();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await exchange?.close();
  rmSync(dist, { recursive: true });
});

const looks = [
  { width: 320, height: 640, colorScheme: "light" },
  { width: 320, height: 640, colorScheme: "dark" },
  { width: 1280, height: 900, colorScheme: "light" },
  { width: 1280, height: 900, colorScheme: "dark" },
] as const;

test.each(states)(
  "UX-18 WCAG 2.2 AA $name",
  { timeout: 60_000 },
  async ({ name, at = "#/", world: known, does, reads }) => {
    world = emptyWorld();
    await known?.(world);
    const page = await juneOn(browser, { viewport: { width: 320, height: 640 }, reducedMotion: "reduce" });
    const complaints = complaintsOf(page);
    await page.goto(`${exchange.origin}/${at}`);
    await page.locator("h1").waitFor();
    await does?.(page, world);
    await page.getByText(reads).filter({ visible: true }).first().waitFor();
    await page.waitForFunction(() => document.fonts.status === "loaded");
    for (const { width, height, colorScheme } of looks) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(screens, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      expect(await overflow(page), `${width} px`).toBe(0);
      expect(await smallTargets(page)).toEqual([]);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

/** CSS pixels by which the page is wider than the screen (WCAG 1.4.10). */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Things to press that are lower than 44 px (WCAG 2.5.8 asks for 24). */
const smallTargets = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("a, button, label.choice, label.segment, input:not([type=checkbox], [type=radio])")]
      .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < 44)
      .map((target) => target.outerHTML),
  );

/** What the page complains about: its content security policy, an error nobody caught. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !/status of (4|5)\d\d|ERR_FAILED/.test(text)) complaints.push(text);
  });
  return complaints;
}
