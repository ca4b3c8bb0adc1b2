import { expect, test } from "vitest";
import { authenticator, juneOn } from "./chromium.ts";
import { complaintsOf } from "./complaints.ts";
import { CODE } from "./fake-account.ts";
import { emptyWorld } from "./fake-exchange.ts";
import { walletInChromium } from "./wallet-in-chromium.ts";

let world = emptyWorld();
const wallet = walletInChromium(() => world);

test("WebAuthn §5.1.4 a passkey the browser offers while a name is filled in signs in, without a press", async () => {
  world = { ...emptyWorld(), me: undefined };
  const page = await juneOn(wallet.browser());
  const complaints = complaintsOf(page);
  await authenticator(page, true, "localhost", true);
  await page.goto(wallet.origin());
  await page.getByText("You have no sources yet").waitFor();
  expect(world.asked).toContain("POST /wallet/session");
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("one the exchange does not know is told apart, and the page goes on", async () => {
  world = { ...emptyWorld(), me: undefined };
  world.refuse["POST /wallet/session"] = [401, "login_required"];
  const page = await juneOn(wallet.browser());
  await authenticator(page, true, "localhost", true);
  await page.goto(wallet.origin());
  await page.getByText("No wallet here belongs to this passkey").waitFor();
  await page.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
  await page.context().close();
});

test("a recovery code is printed with what it is for, and nothing else", async () => {
  world = emptyWorld();
  const page = await juneOn(wallet.browser());
  await authenticator(page, true, "localhost");
  await page.goto(`${wallet.origin()}/#/settings/recovery`);
  await page.getByRole("button", { name: "Make a recovery code" }).click();
  await page.getByText("Print it, or write it down").waitFor();
  await page.emulateMedia({ media: "print" });
  const shown = await page.locator("body").innerText();
  expect(shown.replaceAll(/\s+/g, "-")).toContain(CODE);
  expect(shown).toContain("I lost my passkey");
  for (const words of ["Settings", "I have it on paper", "It is not shown again"]) expect(shown).not.toContain(words);
  await page.screenshot({ path: "screens/recovery-printed.png", fullPage: true });
  await page.context().close();
});
