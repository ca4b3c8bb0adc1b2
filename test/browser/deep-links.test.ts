import { expect, test } from "vitest";
import { consents, notice, screenOf } from "../wallet/seen-by-june.ts";
import { juneOn } from "./chromium.ts";
import { complaintsOf } from "./complaints.ts";
import { emptyWorld, type World } from "./fake-exchange.ts";
import { walletInChromium } from "./wallet-in-chromium.ts";

let world: World;
const wallet = walletInChromium(() => world);

const FOREIGN = ["https://evil.example/", "//evil.example/", "javascript:alert(document.domain)", "data:text/html,x"];
/** What a link into the Wallet may carry that is meant to lead out of it. */
const links = FOREIGN.flatMap((foreign) => [
  `?next=${encodeURIComponent(foreign)}&continueAt=${encodeURIComponent(foreign)}&redirect_uri=${encodeURIComponent(foreign)}#/`,
  `#${foreign}`,
  `#/${foreign}`,
  `#/requests/${encodeURIComponent(foreign)}`,
  `#/notifications/${encodeURIComponent(foreign)}`,
  `#/consents/at/${encodeURIComponent(foreign)}`,
  `#/stopped/${encodeURIComponent(foreign)}`,
  `#/asks/${encodeURIComponent(foreign)}/here`,
]);

test("N-78 links with a foreign host, a script or a way on in them stay in the Wallet, and its home is one press away", {
  timeout: 180_000,
}, async () => {
  world = emptyWorld();
  world.requests = [await screenOf(notice)];
  world.consents = [...consents];
  const page = await juneOn(wallet.browser(), { viewport: { width: 320, height: 640 }, reducedMotion: "reduce" });
  const complaints = complaintsOf(page);
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== wallet.origin()) elsewhere.push(request.url());
  });
  page.on("dialog", (dialog) => {
    elsewhere.push(dialog.message());
    void dialog.dismiss();
  });
  for (const link of links) {
    await page.goto("about:blank");
    await page.goto(`${wallet.origin()}/${link}`);
    await page.locator("h1").waitFor();
    expect(new URL(page.url()).origin).toBe(wallet.origin());
    for (const address of await page.locator("a").evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href)))
      if (!address.startsWith("https://immunizations.example"))
        expect(new URL(address).origin, link).toBe(wallet.origin());
  }
  expect(elsewhere).toEqual([]);
  expect(complaints).toEqual([]);
  await page.context().close();
});
