import { expect, test } from "vitest";
import { sources } from "../wallet/seen-by-june.ts";
import { juneOn } from "./chromium.ts";
import { emptyWorld, type World } from "./fake-exchange.ts";
import { walletInChromium } from "./wallet-in-chromium.ts";

let world: World;
const wallet = walletInChromium(() => world);

test("UX-01 a logo that does not come leaves the initials, and those that come are seen", async () => {
  const [registry, clinic] = sources.map((source, n) => ({ ...source, logo: ["registry", "nowhere"][n] ?? "" }));
  world = emptyWorld();
  world.sources = [registry, clinic].filter((source) => source !== undefined);
  const page = await juneOn(wallet.browser(), { viewport: { width: 360, height: 640 } });
  await page.goto(`${wallet.origin()}/`);
  const row = (name = "") => page.getByRole("link", { name: new RegExp(name) });
  await row(clinic?.name).getByText("LF", { exact: true }).waitFor();
  const seen = row(registry?.name).locator("img");
  expect(await seen.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(128);
  expect(await seen.getAttribute("alt")).toBe("");
});
