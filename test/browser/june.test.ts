import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answeredOnThePhone } from "./answered-on-the-phone.ts";
import { authenticator, juneOn, launched } from "./chromium.ts";
import { type Local, npmStart } from "./npm-start.ts";

/** June's whole story in a browser, against what `npm start` runs. */
let browser: Browser;
let local: Awaited<ReturnType<typeof npmStart>>;

beforeAll(async () => {
  local = await npmStart();
  browser = await launched();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await local?.stop();
});

test("UX-01 UX-13 UX-15 June shares her immunizations from her phone, and stops it in the Wallet", {
  timeout: 180_000,
}, async () => {
  const phone = await juneOn(browser, { viewport: { width: 1000, height: 900 } });
  await authenticator(phone, true);
  const navigator = await signedUp(phone, local);
  const [registry, clinic] = local.resourceServers;
  await linked(phone, navigator, registry);
  await linked(phone, navigator, clinic);

  const app = await phone.context().newPage();
  await app.goto(local.client);
  await app.getByLabel("Code from your Wallet").fill(await codeFor(navigator, "Connect an app"));
  await app.getByRole("button", { name: "Get my records" }).click();
  await app.getByText("Now look at your phone").waitFor();
  const shown = (await app.locator(".binding").textContent()) ?? "nothing";

  await phone.bringToFront();
  await phone.getByRole("button", { name: "Go to the lock screen" }).click();
  await phone.getByRole("button", { name: /A request is waiting for you/ }).click();
  await navigator.getByRole("heading", { level: 1, name: /My Immunizations asks to see/ }).waitFor();
  await navigator.getByText(shown, { exact: true }).waitFor();
  await phone.screenshot({ path: "screens/june-request.png" });
  for (const source of await navigator.getByRole("group", { name: "Where it comes from" }).getByRole("checkbox").all())
    await source.check({ force: true });
  await navigator.getByRole("button", { name: /^Approve: My Immunizations/ }).click();
  await navigator.getByRole("heading", { level: 1, name: "My Immunizations may see it now" }).waitFor();
  await phone.screenshot({ path: "screens/june-approved.png" });

  await app.bringToFront();
  await expect.poll(() => app.locator("caption").count(), { timeout: 20_000 }).toBe(2);
  expect(await app.locator("tbody tr").count()).toBeGreaterThan(2);
  await app.screenshot({ path: "screens/june-records.png" });

  await stoppedInTheWallet(phone, local);
  const stopped = Date.now();
  await app.bringToFront();
  await app.getByRole("button", { name: "Refresh" }).click();
  await expect.poll(() => app.getByText(/refuses now/).count(), { timeout: 5_000 }).toBe(2);
  expect(Date.now() - stopped).toBeLessThan(5_000);

  await askedInTheSameBrowser(phone, local);
  await answeredOnThePhone(phone, local);
});

/** RFC 6749 §4.1: the app and the Wallet on one device; the browser goes there, June answers, it comes back with the records. */
async function askedInTheSameBrowser(phone: Page, { client, issuer }: Local): Promise<void> {
  await phone.goto(client);
  await phone.getByRole("link", { name: "Continue in my Wallet" }).click();
  await phone.getByRole("link", { name: "Answer here, as June" }).click();
  await phone.getByRole("heading", { level: 1, name: /My Immunizations asks to see/ }).waitFor();
  await phone.screenshot({ path: "screens/june-same-device.png", fullPage: true });
  await phone.getByRole("button", { name: /^Approve: My Immunizations/ }).click();
  await phone.waitForURL(`${client}/`);
  await expect.poll(() => phone.locator("caption").count(), { timeout: 10_000 }).toBe(1);
  await phone.goto(`${issuer}/authorize?client_id=nobody&request_uri=nothing`);
  await phone.getByRole("heading", { level: 1, name: "This link leads nowhere" }).waitFor();
}

/** A new wallet, made on the phone. */
async function signedUp(phone: Page, { phone: address }: Local): Promise<FrameLocator> {
  await phone.goto(address);
  await phone.getByRole("button", { name: "Open Navigator" }).click();
  const navigator = phone.frameLocator("iframe");
  await navigator.getByLabel("Your name").fill("June");
  await navigator.getByRole("button", { name: "Create your wallet" }).click();
  await navigator.getByRole("heading", { level: 1, name: /Good .*, June/ }).waitFor();
  return navigator;
}

/** A one-time code of a kind, read as June reads it, and back home. */
async function codeFor(navigator: FrameLocator, screen: "Add a source" | "Connect an app"): Promise<string> {
  await navigator.getByRole("link", { name: new RegExp(screen) }).click();
  const groups = navigator.locator(".letters [aria-hidden=true]");
  await groups.first().waitFor();
  return (await groups.allTextContents()).join("-");
}

/** A source linked with a code typed on its page; Navigator notices by itself. */
async function linked(phone: Page, navigator: FrameLocator, address: string): Promise<void> {
  const code = await codeFor(navigator, "Add a source");
  const source = await phone.context().newPage();
  await source.goto(address);
  await source.getByLabel("Code").fill(code);
  await source.getByRole("button", { name: "Connect" }).click();
  await source.getByText("Connected to your Wallet").waitFor();
  await source.close();
  await navigator.getByRole("heading", { level: 1, name: "Your source is here" }).waitFor();
  await navigator.getByRole("link", { name: "Back to home" }).click();
}

/** The same person in the Wallet on the web: the passkey is the device's, the session another. */
async function stoppedInTheWallet(phone: Page, { wallet: address }: Local): Promise<void> {
  await phone.goto(address); // the phone's own page: the virtual authenticator belongs to it
  await phone.getByRole("button", { name: "Sign in with a passkey" }).click();
  await phone.getByRole("link", { name: /My Immunizations/ }).click();
  await phone.getByRole("button", { name: "Stop sharing" }).click();
  await phone.getByRole("button", { name: "Yes, stop now" }).click();
  await phone.getByText("Stopped.").waitFor();
  await phone.screenshot({ path: "screens/june-stopped.png" });
}
