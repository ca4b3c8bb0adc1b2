import type { Page } from "playwright-core";
import { expect } from "vitest";
import { complaintsOf } from "./complaints.ts";
import type { Local } from "./npm-start.ts";

/** N-70: the app in a browser where nobody is signed in, the Wallet on June's phone; the page shows a number, waits, and comes back with the records. */
export async function answeredOnThePhone(phone: Page, { client, phone: address }: Local): Promise<void> {
  const context = await phone.context().browser()?.newContext({ locale: "en-CA", timezoneId: "America/Toronto" });
  const desk = await context?.newPage();
  if (context === undefined || desk === undefined) throw new Error("no second browser");
  const complaints = complaintsOf(desk);
  await desk.goto(client);
  await desk.getByRole("link", { name: "Continue in my Wallet" }).click();
  await desk.getByText("My Immunizations asks you something.").waitFor();
  await desk.getByRole("link", { name: "Answer on my phone" }).click();
  await desk.getByRole("heading", { level: 1, name: "Answer on your phone" }).waitFor();
  const number = (await desk.locator(".letters").textContent()) ?? "";
  await desk.reload();
  await desk.getByText("No camera?").click();
  expect(await desk.locator(".letters").textContent()).toBe(number);
  await desk.locator(".qr path").waitFor();
  await desk.screenshot({ path: "screens/june-elsewhere.png", fullPage: true });

  await phone.goto(address);
  await phone.getByRole("button", { name: "Open Navigator" }).click();
  const navigator = phone.frameLocator("iframe");
  await navigator.getByRole("link", { name: /^Open a link from another screen/ }).click();
  await navigator.getByLabel("Link", { exact: true }).fill((await desk.locator(".link").textContent()) ?? "");
  await navigator.getByRole("button", { name: "Open", exact: true }).click();
  await navigator.getByRole("heading", { level: 2, name: "Another screen began this" }).waitFor();
  await phone.screenshot({ path: "screens/june-from-elsewhere.png" });
  await navigator.getByRole("textbox", { name: "Which number does your other screen show?" }).fill(number);
  await navigator.getByRole("button", { name: /^Approve: My Immunizations/ }).click();
  await navigator.getByText("Your other screen goes on by itself.").waitFor();

  await desk.waitForURL(`${client}/`, { timeout: 20_000 });
  await expect.poll(() => desk.locator("caption").count(), { timeout: 10_000 }).toBe(1);
  await desk.screenshot({ path: "screens/june-came-back.png" });
  expect(complaints).toEqual([]);
  await context.close();
}
