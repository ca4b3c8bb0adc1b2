import type { Page } from "playwright-core";
import decodeQR from "qr/decode.js";
import { afterEach, expect, test } from "vitest";
import { juneOn } from "./chromium.ts";
import { emptyWorld, type World } from "./fake-exchange.ts";
import { walletInChromium } from "./wallet-in-chromium.ts";

let world: World;
const wallet = walletInChromium(() => world);
afterEach(async () => {
  for (const context of wallet.browser().contexts()) await context.close();
});

const WAITS = "#/elsewhere/wait_r1x";
const looks = () => world.asked.filter((call) => call === "GET /wallet/elsewhere/wait_r1x").length;
const linkOf = ({ elsewhere }: World) => (elsewhere.state === "waiting" ? elsewhere.link : "");

async function waiting(before?: (page: Page) => Promise<unknown>): Promise<Page> {
  world = { ...emptyWorld(), me: undefined };
  const page = await juneOn(wallet.browser(), { viewport: { width: 320, height: 640 } });
  await before?.(page);
  await page.goto(`${wallet.origin()}/${WAITS}`);
  await page.getByRole("heading", { level: 1, name: "Answer on your phone" }).waitFor();
  return page;
}

test.each(["light", "dark"] as const)(
  "UX-33 what a camera reads at 320 px in the %s scheme is the link",
  async (colorScheme) => {
    const page = await waiting((fresh) => fresh.emulateMedia({ colorScheme }));
    expect(decodeQR(await pixels(await page.getByRole("img").screenshot()))).toBe(linkOf(world));
    await page.getByText("No camera?").click();
    expect(await page.locator(".link").textContent()).toBe(linkOf(world));
  },
);

test("N-70 it waits politely, keeps the code still, goes on by itself when there is an answer", async () => {
  const page = await waiting();
  const before = await page.locator(".qr path").getAttribute("d");
  const from = looks();
  if (world.elsewhere.state === "waiting") world.elsewhere = { ...world.elsewhere, link: `${linkOf(world)}another` };
  await page.waitForTimeout(7_000);
  expect(looks() - from).toBeLessThanOrEqual(3);
  expect(await page.locator(".qr path").getAttribute("d")).toBe(before);
  await page.reload();
  await page.getByText("Waiting for your answer").waitFor();
  world.elsewhere = { state: "answered", continueAt: `${wallet.origin()}/#/stopped/used` };
  await page.getByRole("heading", { level: 1, name: "This link was used already" }).waitFor();
});

test("UX-18 after its end it asks no more", async () => {
  const page = await waiting();
  world.elsewhere = { state: "over" };
  await page.getByRole("heading", { level: 1, name: "This has ended" }).waitFor();
  const then = looks();
  await page.waitForTimeout(4_000);
  expect(looks()).toBe(then);
});

test("UX-38 a wrong clock of the device makes no wrong time left", async () => {
  const page = await waiting((fresh) => fresh.clock.install({ time: Date.now() + 3_600_000 }));
  await page.getByText("14 minutes left").first().waitFor();
});

test("A6 by keyboard alone: another device is chosen, and its link copied", async () => {
  world = { ...emptyWorld(), ask: { ...emptyWorld().ask, elsewhereAt: `${wallet.origin()}/${WAITS}` } };
  const page = await juneOn(wallet.browser());
  await page.goto(`${wallet.origin()}/#/asks/ask_r1x`);
  await page.getByRole("heading", { level: 1, name: "My Immunizations asks you something" }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Answer on your phone" }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.getByText("Copied").first().waitFor();
});

/** A screenshot as a camera sees it. */
async function pixels(png: Buffer) {
  const page = await wallet.browser().newPage();
  const { width, height, data } = await page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const drawn = canvas.getContext("2d");
    drawn?.drawImage(bitmap, 0, 0);
    const image = drawn?.getImageData(0, 0, bitmap.width, bitmap.height);
    return { width: bitmap.width, height: bitmap.height, data: [...(image?.data ?? [])] };
  }, png.toString("base64"));
  await page.close();
  return { width, height, data: Uint8Array.from(data) };
}
