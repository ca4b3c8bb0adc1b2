import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { juneOn } from "./chromium.ts";
import { complaintsOf } from "./complaints.ts";
import { emptyWorld, type World } from "./fake-exchange.ts";
import { inFrench, translated } from "./in-french.ts";
import type { State } from "./states.ts";

/** Where the pictures are, by `<state>-<language>-<look>.png`. */
export const screens = join(import.meta.dirname, "../../screens");

/** How a screen is looked at: a small phone, a desk, and the desk enlarged to 200 % (WCAG 1.4.4, 1.4.10). */
export const looks = [
  { look: "320", width: 320, height: 640, colorScheme: "light" },
  { look: "320-dark", width: 320, height: 640, colorScheme: "dark" },
  { look: "1280", width: 1280, height: 900, colorScheme: "light" },
  { look: "1280-dark", width: 1280, height: 900, colorScheme: "dark" },
  { look: "1280-at-200", width: 640, height: 450, colorScheme: "light" },
] as const;

export const spoken = {
  en: { locale: "en-CA", as: (page: Page) => page, said: (words: string) => words },
  fr: { locale: "fr-CA", as: inFrench, said: translated },
} as const;
export type Spoken = keyof typeof spoken;

/** The built Wallet on an exchange, in a Chromium, where it shows what an exchange of a given world knows. */
export interface Stage {
  readonly browser: () => Browser;
  readonly origin: () => string;
  readonly show: (world: World) => void;
}

/** A page that has arrived in a state, for somebody who reads this language and wants nothing to move; `by` is how they do things there. And what the page complains about. */
export async function arrivedIn(
  { at = "#/", world: known, does, reads }: State,
  language: Spoken,
  stage: Stage,
  by: (page: Page) => Page = (page) => page,
) {
  const { locale, as, said } = spoken[language];
  const world = emptyWorld();
  await known?.(world);
  stage.show(world);
  const viewport = { width: 320, height: 640 };
  const page = await juneOn(stage.browser(), { viewport, reducedMotion: "reduce", locale });
  const complaints = complaintsOf(page);
  await page.goto(`${stage.origin()}/${at}`);
  await page.locator("h1").waitFor();
  await does?.(by(as(page)), world);
  await page.getByText(said(reads)).filter({ visible: true }).first().waitFor();
  await page.waitForFunction(() => document.fonts.status === "loaded");
  return { page, complaints };
}

export type Look = (typeof looks)[number];

/** Does something with a page in each look. */
export async function inEveryLook(
  page: Page,
  does: (page: Page, look: Look) => Promise<void>,
  which: readonly Look[] = looks,
) {
  for (const look of which) {
    const { width, height, colorScheme } = look;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await does(page, look);
  }
}

/** A picture of a page as it looks now, as high as it is: a bar at the lower edge is then below the text, not across it. */
export async function pictured(page: Page, name: string, { look, width, height }: Look): Promise<void> {
  mkdirSync(screens, { recursive: true });
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, whole) });
  await page.screenshot({ path: join(screens, `${name}-${look}.png`) });
}
