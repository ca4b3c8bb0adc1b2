import { createServer, type ServerResponse } from "node:http";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notice, now, screenOf } from "../wallet/seen-by-june.ts";
import { built } from "./built.ts";
import { authenticator, juneOn, launched } from "./chromium.ts";
import { complaintsOf } from "./complaints.ts";
import { exchangeFor } from "./exchange-for-navigator.ts";
import { emptyWorld, send, type World } from "./fake-exchange.ts";
import { page as builtPage, type Listening, listening } from "./pages.ts";

const screens = join(import.meta.dirname, "../../screens");
let app: Awaited<ReturnType<typeof built>>;
let browser: Browser;
let exchange: Listening;
let origin: Listening;
let world: World;
let deliveries: ServerResponse | undefined;
const proofs: string[] = [];

beforeAll(async () => {
  app = await built("navigator");
  exchange = await exchangeFor(
    () => origin.origin,
    () => world,
    proofs,
  );
  origin = await listening(
    createServer(async (request, response) => {
      if (request.url === "/fpx.json") return send(response, [200, { api: exchange.origin }]);
      if (!request.url?.startsWith("/phone/")) return builtPage(app.folder, request, response, exchange.origin);
      response.writeHead(200, { "content-type": "text/event-stream" }).write(": connected\n\n");
      deliveries = response;
    }),
  );
  browser = await launched();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await origin?.close();
  await exchange?.close();
  app?.remove();
});

/** A push as SNS would bring it. */
function push(messageId: string, id: string, t: "r" | "c" | "n" = "r"): void {
  const data = { v: "1", id, t, exp: String(now() + 500) };
  const payload = { fcmV1Message: { message: { data } } };
  deliveries?.write(`data: ${JSON.stringify({ messageId, platform: "FCM", payload })}\n\n`);
}

async function shown(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(screens, `phone-${name}.png`) });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test.each([
  { width: 1280, height: 900, colorScheme: "light" },
  { width: 320, height: 640, colorScheme: "dark" },
] as const)(
  "UX-35 UX-50 UX-55 UX-60 RFC 9449 §7 June’s phone at $width px: a push, one sentence, Navigator opens the request",
  async (look) => {
    world = { ...emptyWorld(), me: undefined, requests: [await screenOf(notice)] };
    proofs.length = 0;
    const { width, height, colorScheme } = look;
    const phone = await juneOn(browser, { viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
    const complaints = complaintsOf(phone);
    await authenticator(phone, true);
    await phone.goto(origin.origin);
    await phone.getByText("No notifications").waitFor();
    await shown(phone, `lock-${width}`);

    await phone.getByRole("button", { name: "Open Navigator" }).click();
    const navigator = phone.frameLocator("iframe");
    await navigator.getByLabel("Your name").fill("June");
    await shown(phone, `welcome-${width}`);
    await navigator.getByRole("button", { name: "Create your wallet" }).click();
    await navigator.getByRole("heading", { level: 1, name: /June/ }).waitFor();
    await expect.poll(() => world.asked).toContain("POST /wallet/devices");
    expect(proofs).toContain(`POST ${exchange.origin}/wallet/account false`);
    await expect.poll(() => proofs).toContain(`GET ${exchange.origin}/wallet/requests true`);

    push("m1", "con_r1-waiting");
    await phone.getByRole("button", { name: /A request is waiting for you/ }).waitFor();
    await shown(phone, `banner-${width}`);
    await phone.getByRole("button", { name: "Go to the lock screen" }).click();
    await phone.getByRole("button", { name: /A request is waiting for you/ }).waitFor();
    expect(await phone.locator(".notification").textContent()).not.toMatch(/Immunization/);
    await shown(phone, `notified-${width}`);
    push("m2", "note_r1-consent", "n");
    await phone.getByRole("button", { name: /something for you to look at/ }).waitFor();
    push("m3", "note_r1-consent", "c");
    await phone.getByRole("button", { name: /something for you to look at/ }).waitFor({ state: "detached" });
    await phone.getByRole("button", { name: /A request is waiting for you/ }).click();
    await navigator.getByRole("heading", { level: 1, name: /My Immunizations asks/ }).waitFor();
    await shown(phone, `request-${width}`);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);

    world.asked.length = 0;
    await phone.reload();
    await phone.getByRole("button", { name: "Open Navigator" }).click();
    await navigator.getByRole("heading", { level: 1, name: /June/ }).waitFor();
    await expect.poll(() => world.asked).toContain("POST /wallet/devices");
    expect(complaints).toEqual([]);
    await phone.context().close();
  },
);
