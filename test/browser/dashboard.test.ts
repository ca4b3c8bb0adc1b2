import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { consents } from "../wallet/seen-by-june.ts";
import { juneOn } from "./chromium.ts";
import { emptyWorld } from "./fake-exchange.ts";
import { walletInChromium } from "./wallet-in-chromium.ts";

let world = emptyWorld();
const wallet = walletInChromium(() => world);

async function home(): Promise<Page> {
  world = { ...emptyWorld(), consents: [...consents] };
  const page = await juneOn(wallet.browser(), { viewport: { width: 320, height: 640 }, reducedMotion: "reduce" });
  await page.goto(wallet.origin());
  await page.getByText("My Immunizations").waitFor();
  return page;
}

test("UX-13 from home every consent is two taps away", { timeout: 60_000 }, async () => {
  const page = await home();
  await page.getByRole("link", { name: "All apps, now and before" }).click();
  await page.getByRole("heading", { name: "Apps and what they see" }).waitFor();
  await page.getByRole("link", { name: /Prize Wheel/ }).click();
  await page.getByText("Nothing was shared with Prize Wheel").waitFor();
  await page.context().close();
});

test("UX-15 stopping takes two steps; the first says what stops, what stays, and where to ask for more", {
  timeout: 60_000,
}, async () => {
  const page = await home();
  await page.getByRole("link", { name: /My Immunizations/ }).click();
  await page.getByRole("button", { name: "Stop sharing" }).click();
  await page.getByText("gets nothing more through this permission").waitFor();
  await page.getByText("it may still hold").waitFor();
  const links = await page.locator(".ending a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  expect(links).toEqual([
    "https://immunizations.example",
    "https://immunizations.example/privacy",
    "mailto:privacy@immunizations.example",
  ]);
  expect(world.asked).not.toContain("POST /wallet/consents/con_1/withdraw");
  await page.getByRole("button", { name: "Yes, stop now" }).click();
  await page.getByText("Stopped.").waitFor();
  expect(world.asked.filter((call) => call === "POST /wallet/consents/con_1/withdraw")).toHaveLength(1);
  await page.context().close();
});

test("UX-13, UX-15 by keyboard alone: found, opened, paused", { timeout: 60_000 }, async () => {
  const page = await home();
  await page.getByRole("link", { name: "All apps, now and before" }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Find").focus();
  await page.keyboard.type("immun prov");
  await page.getByRole("link", { name: /My Immunizations/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Pause sharing" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Go on sharing" }).waitFor();
  expect(world.consents.find(({ id }) => id === "con_1")).toMatchObject({ state: "paused" });
  await page.context().close();
});
