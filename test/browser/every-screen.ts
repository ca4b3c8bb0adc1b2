import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { everyState } from "./every-state.ts";
import { arrivedIn, inEveryLook, type Look, looks, type Spoken } from "./looks.ts";
import { stageInChromium } from "./wallet-in-chromium.ts";

/** Tests of every screen and state, in one language; a file for each, so that two cores share them. In French, where words are longest and the rest is the same, on the small phone alone. */
export function everyScreen(language: Spoken, suffix = ""): void {
  const stage = stageInChromium();

  test.each(everyState)(`UX-18 WCAG 2.2 AA 1.4.10 $name${suffix}`, { timeout: 60_000 }, async (state) => {
    const { page, complaints } = await arrivedIn(state, language, stage);
    expect(await page.locator("html").getAttribute("lang")).toBe(`${language}-CA`);
    await inEveryLook(page, expectSound, language === "en" ? looks : looks.slice(0, 2));
    expect(await moving(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
}

/** What axe looks at: both colour schemes, where everything is closest together. */
const LOOKED_AT_BY_AXE: readonly string[] = ["320", "320-dark"] satisfies Look["look"][];

async function expectSound(page: Page, { look }: Look): Promise<void> {
  expect(await overflow(page)).toBe(0);
  expect(await smallTargets(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  if (!LOOKED_AT_BY_AXE.includes(look)) return;
  // There are no frames, and without them this mode needs no page of its own.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** CSS pixels by which the page is wider than the screen (WCAG 1.4.10). */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Things to press that are lower than 44 px (WCAG 2.5.8 asks for 24). */
const smallTargets = (page: Page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        "a, button, label.choice, label.segment, select, input:not([type=checkbox], [type=radio])",
      ),
    ]
      .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < 44)
      .map((target) => target.outerHTML),
  );

/** Words that reach out of what they stand in. A list one chooses from shows its longest row to whoever opens it. */
const cutOff = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("h1, h2, h3, p, dd, .button, .segment, .item, .pill, .card, .outcome")]
      .filter((element) => element.checkVisibility() && !element.matches(".only-heard"))
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map((element) => element.outerHTML),
  );

/** What would move, for somebody who asked for reduced motion. */
const moving = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .filter((element) => {
        const { animationDuration, transitionDuration } = getComputedStyle(element);
        return !/^[0s, ]*$/.test(animationDuration + transitionDuration);
      })
      .map((element) => element.outerHTML),
  );
