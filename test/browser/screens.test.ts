import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { juneOn } from "./chromium.ts";
import { complaintsOf } from "./complaints.ts";
import { elsewhereStates } from "./elsewhere-states.ts";
import { emptyWorld, type World } from "./fake-exchange.ts";
import { inFrench, translated } from "./in-french.ts";
import { states } from "./states.ts";
import { walletInChromium } from "./wallet-in-chromium.ts";

const screens = join(import.meta.dirname, "../../screens");
let world: World;
const wallet = walletInChromium(() => world);

beforeAll(() => {
  mkdirSync(screens, { recursive: true });
});

const looks = [
  { width: 320, height: 640, colorScheme: "light" },
  { width: 320, height: 640, colorScheme: "dark" },
  { width: 1280, height: 900, colorScheme: "light" },
  { width: 1280, height: 900, colorScheme: "dark" },
] as const;

test.each([...states, ...elsewhereStates])(
  "UX-18 WCAG 2.2 AA $name",
  { timeout: 60_000 },
  async ({ name, at = "#/", world: known, does, reads }) => {
    world = emptyWorld();
    await known?.(world);
    const page = await juneOn(wallet.browser(), { viewport: { width: 320, height: 640 }, reducedMotion: "reduce" });
    const complaints = complaintsOf(page);
    await page.goto(`${wallet.origin()}/${at}`);
    await page.locator("h1").waitFor();
    await does?.(page, world);
    await page.getByText(reads).filter({ visible: true }).first().waitFor();
    await page.waitForFunction(() => document.fonts.status === "loaded");
    for (const { width, height, colorScheme } of looks) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(screens, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      await expectSound(page);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

/** Where words are longest, and the look that shows it. */
test.each([...states, ...elsewhereStates])(
  "UX-18 WCAG 2.2 AA 1.4.10 $name in French",
  { timeout: 60_000 },
  async ({ name, at = "#/", world: known, does, reads }) => {
    world = emptyWorld();
    await known?.(world);
    const viewport = { width: 320, height: 640 };
    const page = await juneOn(wallet.browser(), { viewport, reducedMotion: "reduce", locale: "fr-CA" });
    const complaints = complaintsOf(page);
    await page.goto(`${wallet.origin()}/${at}`);
    await page.locator("h1").waitFor();
    await does?.(inFrench(page), world);
    await page.getByText(translated(reads)).filter({ visible: true }).first().waitFor();
    await page.screenshot({ path: join(screens, `${name}-320-fr.png`), fullPage: true });
    expect(await page.locator("html").getAttribute("lang")).toBe("fr-CA");
    await expectSound(page);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

async function expectSound(page: Page): Promise<void> {
  expect(await overflow(page)).toBe(0);
  expect(await smallTargets(page)).toEqual([]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

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
