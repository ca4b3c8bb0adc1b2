import type { Browser, FrameLocator, Locator, Page } from "playwright-core";
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
  const [, clinic] = local.resourceServers;
  await connected(phone, navigator, local, "Provincial Immunization Registry");
  await phone.goto(local.phone);
  await phone.getByRole("button", { name: "Open Navigator" }).click();
  await linked(phone, navigator, clinic);

  await navigator.getByRole("link", { name: /Connect an app/ }).click();
  const app = await phone.context().newPage();
  await app.goto(local.client);
  await app.getByLabel("Code from your Wallet").fill(await codeShown(navigator));
  await app.getByRole("button", { name: "Get my records" }).click();
  await app.getByText("Now look at your phone").waitFor();
  const shown = (await app.locator(".binding").textContent()) ?? "nothing";

  await phone.bringToFront();
  await phone.getByRole("button", { name: "Go to the lock screen" }).click();
  await phone.getByRole("button", { name: /A request is waiting for you/ }).click();
  await navigator.getByRole("heading", { level: 1, name: /My Immunizations asks to see/ }).waitFor();
  await navigator.getByText(shown, { exact: true }).waitFor();
  await withLogo(navigator.getByRole("region", { name: "Who asks" }));
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
  await app.getByText(/You stopped sharing in your Wallet at/).waitFor({ timeout: 5_000 }); // told (RFC 8935 §2), nobody reloads
  await app.screenshot({ path: "screens/june-told.png", fullPage: true });
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

/** UX-01: the picture came, from another origin in Navigator. */
async function withLogo(place: Locator): Promise<void> {
  const width = (image: HTMLImageElement) => image.decode().then(() => image.naturalWidth);
  expect(await place.locator("img.mark").evaluate(width)).toBe(128);
}

/** A one-time code, read as June reads it. */
async function codeShown(navigator: FrameLocator): Promise<string> {
  const groups = navigator.locator(".letters [aria-hidden=true]");
  await groups.first().waitFor();
  return (await groups.allTextContents()).join("-");
}

/** A source connected from "Add a source": its own sign-in, June's Wallet in the same browser, and back at the source. */
async function connected(phone: Page, navigator: FrameLocator, { wallet }: Local, name: string): Promise<void> {
  await navigator.getByRole("link", { name: /Add a source/ }).click();
  const place = navigator.getByRole("link", { name: new RegExp(name) });
  // Opened here and not in a page of its own: the virtual authenticator belongs to this one.
  await phone.goto((await place.getAttribute("href")) ?? "");
  await phone.screenshot({ path: "screens/june-source-sign-in.png" });
  await phone.getByRole("button", { name: "Sign in" }).click();
  await phone.waitForURL(`${wallet}/**`);
  await phone.getByRole("button", { name: "Sign in with a passkey" }).click();
  await phone.getByRole("heading", { level: 1, name: `Connect ${name}?` }).waitFor();
  await phone.screenshot({ path: "screens/june-connect.png", fullPage: true });
  await phone.getByRole("button", { name: `Connect ${name}` }).click();
  await phone.getByText("Connected to your Wallet").waitFor();
  await phone.screenshot({ path: "screens/june-source-connected.png", fullPage: true });
}

/** A source linked with a code typed on its page; Navigator notices by itself. */
async function linked(phone: Page, navigator: FrameLocator, address: string): Promise<void> {
  await navigator.getByRole("link", { name: /Add a source/ }).click();
  await navigator.getByRole("button", { name: "Show a code" }).click();
  const code = await codeShown(navigator);
  const source = await phone.context().newPage();
  await source.goto(address);
  await source.getByRole("button", { name: "Sign in" }).click();
  await source.getByText("With a code instead").click();
  await source.getByLabel("Code").fill(code);
  await source.getByRole("button", { name: "Connect", exact: true }).click();
  await source.getByText("Connected to your Wallet").waitFor();
  await source.close();
  await navigator.getByRole("heading", { level: 1, name: "Your source is here" }).waitFor();
  await navigator.getByRole("link", { name: "Back to home" }).click();
}

/** The same person in the Wallet on the web: the passkey is the device's, the session another. */
async function stoppedInTheWallet(phone: Page, { wallet: address }: Local): Promise<void> {
  await phone.goto(address); // signed in since the registry was connected
  await withLogo(phone.getByRole("link", { name: /My Immunizations/ }));
  await phone.getByRole("link", { name: /My Immunizations/ }).click();
  await phone.getByRole("button", { name: "Stop sharing" }).click();
  await phone.getByRole("button", { name: "Yes, stop now" }).click();
  await phone.getByText("Stopped.").waitFor();
  await phone.screenshot({ path: "screens/june-stopped.png" });
}
