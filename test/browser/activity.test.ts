import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { juneOn } from "./chromium.ts";
import { emptyWorld, type World } from "./fake-exchange.ts";
import { historyStates } from "./history-states.ts";
import { walletInChromium } from "./wallet-in-chromium.ts";

let world: World = emptyWorld();
const wallet = walletInChromium(() => world);

test("UX-16 Activity is one tap from home, and what is shown can be kept as a file", { timeout: 60_000 }, async () => {
  world = emptyWorld();
  await historyStates.find(({ name }) => name === "activity")?.world?.(world);
  const page = await juneOn(wallet.browser(), { viewport: { width: 390, height: 844 } });
  await page.goto(`${wallet.origin()}/`);
  await page.getByRole("link", { name: /^Activity/ }).click();
  await page.getByText("9 entries").waitFor();
  await page.getByRole("combobox", { name: "App" }).selectOption("Prize Wheel");
  await page.getByText("2 entries").waitFor();

  const saved = async (button: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: button }).click(),
    ]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
  };
  const sheet = await saved("Save for a spreadsheet");
  expect(sheet.name).toBe("activity.csv");
  expect(sheet.text.trim().split("\r\n")).toHaveLength(3);
  expect(sheet.text).toContain('"You said to Prize Wheel: I did not start this"');
  const { entries } = JSON.parse((await saved("Save for a program")).text);
  expect(entries.map(({ what }: { what: string }) => what)).toEqual(["not_me", "asked"]);
  await page.context().close();
});
