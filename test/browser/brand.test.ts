import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notice, screenOf } from "../wallet/seen-by-june.ts";
import { built } from "./built.ts";
import { juneOn, launched } from "./chromium.ts";
import { emptyWorld, fakeExchange } from "./fake-exchange.ts";
import { screens } from "./looks.ts";

/** A Wallet built with another brand, as an operator builds it. */
let app: Awaited<ReturnType<typeof built>>;
let browser: Awaited<ReturnType<typeof launched>>;
let exchange: Awaited<ReturnType<typeof fakeExchange>>;
let world = emptyWorld();

beforeAll(async () => {
  process.env["BRAND"] = join(import.meta.dirname, "other-brand/brand.json");
  app = await built("web");
  delete process.env["BRAND"];
  exchange = await fakeExchange(app.folder, () => world);
  browser = await launched();
  mkdirSync(screens, { recursive: true });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await exchange?.close();
  app?.remove();
});

const HEADINGS = { "en-CA": "Your health data, your call", "fr-CA": "Vos données de santé, votre choix" } as const;
const NAMES = { "en-CA": "Maple Health", "fr-CA": "Érable Santé" } as const;

test.each(["en-CA", "fr-CA"] as const)(
  "an operator's name, logo, colours and words are what people see, in %s",
  async (locale) => {
    world = { ...emptyWorld(), me: undefined };
    const page = await juneOn(browser, { viewport: { width: 320, height: 640 }, locale });
    await page.goto(exchange.origin);
    await page.getByRole("heading", { level: 1, name: HEADINGS[locale] }).waitFor();
    expect(await page.title()).toBe(`${HEADINGS[locale]} · ${NAMES[locale]}`);
    await page.getByRole("banner").getByText(NAMES[locale]).waitFor();
    const logo = await page.getByRole("banner").locator("img").getAttribute("src");
    expect(await (await page.request.get(`${exchange.origin}${logo}`)).text()).toContain("Maple Health");
    for (const [scheme, accent] of [
      ["light", "rgb(138, 31, 75)"],
      ["dark", "rgb(255, 159, 196)"],
    ] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      const button = page.locator(".button.yes").first();
      expect(await button.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(accent);
      await page.screenshot({ path: join(screens, `brand-welcome-${locale}-${scheme}.png`), fullPage: true });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
    }
    await page.context().close();
  },
);

test("a request under another brand is as sound, and a Home Screen gets its name and icon", async () => {
  world = { ...emptyWorld(), requests: [await screenOf(notice)] };
  const page = await juneOn(browser, { viewport: { width: 320, height: 640 }, reducedMotion: "reduce" });
  await page.goto(`${exchange.origin}/#/requests/con_r1-waiting`);
  await page.getByText("asks to see").first().waitFor();
  await page.screenshot({ path: join(screens, "brand-request.png"), fullPage: true });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  const manifest = await page.request.get(`${exchange.origin}/manifest.webmanifest`);
  expect(await manifest.json()).toMatchObject({
    name: "Maple Health",
    theme_color: "#faf7f8",
    icons: [{ src: "/icon.png" }],
  });
  expect((await page.request.get(`${exchange.origin}/icon.png`)).status()).toBe(200);
  expect(await (await page.request.get(`${exchange.origin}/service-worker.js`)).text()).toContain("Maple Health");
  await page.context().close();
});
