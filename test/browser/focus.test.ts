import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { consents, sources } from "../wallet/seen-by-june.ts";
import { authenticator, juneOn } from "./chromium.ts";
import { devices, secondPasskey } from "./fake-account.ts";
import { emptyWorld, type World } from "./fake-exchange.ts";
import { walletInChromium } from "./wallet-in-chromium.ts";

let world: World = emptyWorld();
const wallet = walletInChromium(() => world);

const consent = "#/consents/at/con_1";
const nearer = [{ duration: "P7D", endsAt: Math.floor(Date.now() / 1_000) + 7 * 86_400 }];
const known = (): World => {
  const empty = emptyWorld();
  return {
    ...empty,
    consents: consents.map((one) => ({ ...one, nearer })),
    sources: [...sources],
    devices: [...devices],
    passkeys: [...empty.passkeys, secondPasskey],
  };
};
const focused = (page: Page) => page.locator(":focus");
const presses = async (page: Page, ...names: string[]) => {
  for (const name of names) await page.getByRole("button", { name, exact: true }).press("Enter");
};

/** Waits for the focus: a press is answered when it has moved. */
const hasFocus = (page: Page, text: string) => focused(page).filter({ hasText: text }).waitFor();

test.each([
  ["stopping", consent, ["Stop sharing", "Yes, stop now"], "Stopped. Since"],
  ["keeping on", consent, ["Stop sharing", "Keep sharing"], "Stop sharing"],
  ["pausing", consent, ["Pause sharing"], "gets nothing until you go on"],
  ["going on", consent, ["Pause sharing", "Go on sharing"], "goes on."],
  ["shortening", consent, ["End it sooner", "End it then"], "It now ends on"],
  ["leaving the end", consent, ["End it sooner", "Leave it"], "End it sooner"],
  ["disconnecting", "#/sources/at/lnk_1", ["Disconnect", "Yes, disconnect"], "Disconnected."],
  ["removing a device", "#/settings/devices", ["Remove Pixel 9", "Yes, remove it"], "It rings no more."],
  ["removing a passkey", "#/settings/passkeys", ["Remove Passkey", "Yes, remove it"], "It opens nothing any more."],
  ["renaming", "#/settings/passkeys", ["Rename Passkey", "Keep as it is"], "Rename"],
])("WCAG 2.2 2.4.3 after %s the focus is on what came of it", { timeout: 60_000 }, async (_, at, names, reads) => {
  world = known();
  const page = await juneOn(wallet.browser(), { viewport: { width: 390, height: 844 } });
  await page.goto(`${wallet.origin()}/${at}`);
  await page.locator("h1").waitFor();
  await authenticator(page, true, "localhost");
  await presses(page, ...names);
  await hasFocus(page, reads);
  await page.context().close();
});

test("WCAG 4.1.3 one step is said at a time: the pause is silent once the end is nearer", {
  timeout: 60_000,
}, async () => {
  world = known();
  const page = await juneOn(wallet.browser(), { viewport: { width: 390, height: 844 } });
  await page.goto(`${wallet.origin()}/${consent}`);
  await presses(page, "Pause sharing", "Go on sharing");
  await hasFocus(page, "goes on.");
  await presses(page, "End it sooner", "End it then");
  await hasFocus(page, "It now ends on");
  expect(await page.getByText("goes on.").count()).toBe(0);
  await page.context().close();
});
