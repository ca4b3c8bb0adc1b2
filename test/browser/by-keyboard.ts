import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

const MOST_TABS = 120;
const FURTHER = ["first", "last", "nth", "filter", "locator", "getByRole", "getByText", "getByLabel"] as const;

/** The page as states speak of it, for somebody without a pointer (WCAG 2.1.1): what they press is reached by Tab, seen under nothing, and pressed by a key; what they fill in is typed. */
export function byKeyboard(page: Page): Page {
  return new Proxy(page, {
    get(target, key) {
      if (key === "getByRole" || key === "getByText" || key === "getByLabel" || key === "locator")
        return (...found: [never, never]) => withKeys(page, target[key](...found));
      const value = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function withKeys(page: Page, locator: Locator): Locator {
  return new Proxy(locator, {
    get(target, key) {
      if (key === "click") return () => pressed(page, target);
      if (key === "fill") return (text: string) => typed(page, target, text);
      if (key === "all") return async () => (await target.all()).map((one) => withKeys(page, one));
      const value = Reflect.get(target, key);
      if (typeof value !== "function") return value;
      if (FURTHER.some((name) => name === key))
        return (...found: never[]) => withKeys(page, value.apply(target, found));
      return value.bind(target);
    },
  });
}

async function pressed(page: Page, locator: Locator): Promise<void> {
  await reached(page, locator);
  if (await isRadio(page)) {
    for (let n = 0; n < 6 && !(await hasFocus(locator)); n++) await page.keyboard.press("ArrowDown");
    expect(await hasFocus(locator)).toBe(true);
  } else await page.keyboard.press((await isTick(page)) ? "Space" : "Enter");
}

async function typed(page: Page, locator: Locator, text: string): Promise<void> {
  await reached(page, locator);
  // A field of times has parts of its own, which each browser fills in by keys in its own way.
  if ((await locator.getAttribute("type")) === "time") return locator.fill(text);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(text);
}

/** Tab until it has the focus: it itself, what is in it, or what its label is for; of radio buttons any of its group. Nothing lies over it then (WCAG 2.4.11). */
async function reached(page: Page, locator: Locator): Promise<void> {
  await locator.waitFor();
  for (let n = 0; n < MOST_TABS && !(await hasFocus(locator, true)); n++) await page.keyboard.press("Tab");
  expect(await hasFocus(locator, true), `Tab leads to ${locator}`).toBe(true);
  expect(await page.evaluate(covered)).toBe(false);
}

const hasFocus = (locator: Locator, orItsGroup = false) =>
  locator.evaluate((element, group) => {
    const active = document.activeElement;
    if (active === null || active === document.body) return false;
    if (element === active || element.contains(active) || active.closest("label")?.contains(element)) return true;
    const wanted = element.closest("label")?.querySelector<HTMLInputElement>("input[type=radio]") ?? element;
    return (
      group &&
      wanted instanceof HTMLInputElement &&
      wanted.type === "radio" &&
      active instanceof HTMLInputElement &&
      wanted.name === active.name
    );
  }, orItsGroup);

const isRadio = (page: Page) => page.evaluate(() => document.activeElement?.matches("input[type=radio]") ?? false);
const isTick = (page: Page) => page.evaluate(() => document.activeElement?.matches("input[type=checkbox]") ?? false);

function covered(): boolean {
  const active = document.activeElement ?? document.body;
  const shown = active.closest("label") ?? active;
  const { left, top, width, height } = shown.getBoundingClientRect();
  const over = document.elementFromPoint(left + width / 2, top + height / 2);
  return over !== null && !shown.contains(over) && !over.contains(shown);
}
