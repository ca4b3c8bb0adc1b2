import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Notice, RequestScreen } from "../../protocol/wallet.ts";
import { en } from "../../wallet/messages/en.ts";
import { fr } from "../../wallet/messages/fr.ts";
import { consents, notice, screenOf, sources } from "../wallet/seen-by-june.ts";
import { sentences } from "../wallet/sentences.ts";
import { authenticator, juneOn } from "./chromium.ts";
import { emptyWorld, type World } from "./fake-exchange.ts";
import { walletInChromium } from "./wallet-in-chromium.ts";

let world: World;
const wallet = walletInChromium(() => world);

/** The same request as the exchange writes it in French. */
const [kind] = notice.asked;
if (kind === undefined) throw new Error("nothing asked");
const inFrench: Notice = {
  ...notice,
  language: "fr",
  asked: [{ ...kind, title: "Dossier de vaccination", purpose: "Pour vous rappeler vos rappels." }],
};

/** June with a request that waits, at an exchange that answers in the language it is asked in, as the real one does (test/functions/language.test.ts). */
async function asked(): Promise<{ page: Page; screens: Record<"en" | "fr", RequestScreen> }> {
  world = emptyWorld();
  world.sources = [...sources];
  world.consents = [...consents];
  const screens = { en: await screenOf(notice), fr: await screenOf(inFrench) };
  world.requests = [screens.en];
  const page = await juneOn(wallet.browser(), { viewport: { width: 320, height: 640 } });
  await page.route("**/wallet/requests/con_r1-waiting", (route, request) => {
    const language = /^fr\b/.test(request.headers()["accept-language"] ?? "") ? "fr" : "en";
    return route.fulfill({ json: screens[language] });
  });
  await authenticator(page, true, "localhost");
  return { page, screens };
}

/** Whole sentences of the other language that stand on the page; but for the way back to it, which speaks it. */
async function inEnglish(page: Page): Promise<string[]> {
  const shown = new Set((await page.locator("body").innerText()).split("\n").map((line) => line.trim()));
  const french = new Set([...sentences(fr).values(), ...Object.values(en.language)]);
  return [...sentences(en).values()].filter((sentence) => shown.has(sentence) && !french.has(sentence));
}

test("A6 settings → Français: everything is French, the notice too, and stays so after the page was loaded anew and in a new tab", async () => {
  const { page, screens } = await asked();
  await page.goto(`${wallet.origin()}/#/settings`);
  await page.getByRole("heading", { level: 1, name: en.settings.heading }).waitFor();
  await page.getByRole("button", { name: fr.language.switchTo }).click();
  await page.getByRole("heading", { level: 1, name: fr.settings.heading }).waitFor();

  for (const open of [page, await page.context().newPage()]) {
    for (const hash of ["#/", "#/settings", "#/consents", "#/consents/at/con_1", "#/connect", "#/sources/add"]) {
      await open.goto(`${wallet.origin()}/${hash}`);
      await open.reload();
      await open.locator("h1").waitFor();
      expect(await open.locator("html").getAttribute("lang"), hash).toBe("fr-CA");
      expect(await inEnglish(open), hash).toEqual([]);
    }
  }

  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/approve"));
  await page.goto(`${wallet.origin()}/#/requests/con_r1-waiting`);
  await page.getByRole("heading", { level: 1, name: "Dossier de vaccination" }).waitFor();
  await page.reload();
  await page.getByText("Pour vous rappeler vos rappels.").waitFor();
  expect(await inEnglish(page)).toEqual([]);
  await page.getByRole("button", { name: /^Autoriser/ }).click();
  expect((await sent).postDataJSON()).toMatchObject({ language: "fr", notice: screens.fr.noticeHash });
});

test("A6 and back: English is one press away for whoever reads no French", async () => {
  const { page } = await asked();
  await page.addInitScript(() => {
    if (localStorage.getItem("fpx-language") === null) localStorage.setItem("fpx-language", "fr-CA");
  });
  await page.goto(`${wallet.origin()}/#/settings`);
  await page.getByRole("heading", { level: 1, name: fr.settings.heading }).waitFor();
  await page.getByRole("button", { name: en.language.switchTo }).click();
  await page.getByRole("heading", { level: 1, name: en.settings.heading }).waitFor();
  await page.goto(`${wallet.origin()}/#/requests/con_r1-waiting`);
  await page.getByRole("heading", { level: 1, name: "Immunization history" }).waitFor();
});
