import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authenticator, launchedWith } from "./chromium.ts";
import { fakeFcm } from "./fake-fcm.ts";
import { npmStart } from "./npm-start.ts";

/** Web Push against what `npm start` runs: a real subscription of Chromium's, its push service a fake on this machine. */
let local: Awaited<ReturnType<typeof npmStart>>;
let fcm: Awaited<ReturnType<typeof fakeFcm>>;
let browser: BrowserContext;
const profile = mkdtempSync(join(tmpdir(), "fpx-profile-"));

beforeAll(async () => {
  local = await npmStart();
  fcm = await fakeFcm();
  browser = await launchedWith(profile, fcm.args, ["notifications"]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  fcm?.close();
  await local?.stop();
  rmSync(profile, { recursive: true, force: true });
});

interface Told {
  readonly t: string;
  readonly id: string;
}

const notifications = async () => {
  const worker = browser.serviceWorkers().at(-1);
  const all = await worker?.evaluate(async () => {
    const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
    const shown = await registration.getNotifications();
    return shown.map(({ title, body, data, silent }) => ({ title, body, data: data as Told, silent }));
  });
  return all ?? [];
};

/** A tap: headless Chromium has no place where a notification could be pressed. */
const tapped = async (data: Told) => {
  const [worker] = browser.serviceWorkers();
  await worker?.evaluate(async (data) => {
    const scope = globalThis as unknown as {
      registration: ServiceWorkerRegistration;
      dispatchEvent: (event: Event) => void;
      NotificationEvent: new (name: string, init: object) => Event;
    };
    await scope.registration.showNotification("tapped", { data });
    const notification = (await scope.registration.getNotifications()).find((shown) => shown.title === "tapped");
    notification?.close();
    scope.dispatchEvent(new scope.NotificationEvent("notificationclick", { notification }));
  }, data);
};

test("RFC 8030 RFC 8291 UX-35 UX-53 UX-54 N-78 June’s browser rings: from the app that asks to the request on her screen", {
  timeout: 180_000,
}, async () => {
  const page = await browser.newPage();
  await authenticator(page, true);
  // Chromium's endpoints are at an address of Google's, whatever its push service is.
  const told: string[] = [];
  await page.route("**/wallet/devices", (route) => {
    const device = route.request().postData() ?? "";
    told.push(device);
    return route.continue({ postData: device.replace(/https:\/\/[\w.-]+(?=\/fcm\/send\/)/, fcm.url) });
  });
  await page.goto(local.wallet);
  await page.getByLabel("Your name").fill("June");
  await page.getByRole("button", { name: "Create your wallet" }).click();
  await page.getByRole("heading", { level: 1, name: /June/ }).waitFor();
  expect(told).toEqual([]);

  await page.goto(`${local.wallet}/#/settings`);
  await page.getByRole("button", { name: "Switch on: Ring this browser" }).click();
  await page.getByText("This browser rings when a request waits.").waitFor();
  await page.screenshot({ path: "screens/web-push-on.png", fullPage: true });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  expect(JSON.parse(told[0] ?? "").subscription.endpoint).toMatch(/^https:\/\/[\w.-]+\/fcm\/send\/[\w-]+$/);
  await expect.poll(() => fcm.sockets.size, { timeout: 20_000 }).toBe(1);

  const took = await rung(page);
  console.log(`from "Get my records" pressed to the notification: ${took} ms`);
  expect(took).toBeLessThan(10_000);
  const [shown, ...more] = await notifications();
  expect(more).toEqual([]);
  expect(shown).toMatchObject({ title: "Wallet", body: "A request is waiting for you. Open your wallet to see it." });

  await tapped(shown?.data ?? { t: "", id: "" });
  await page.getByRole("heading", { level: 1, name: /My Immunizations asks to see/ }).waitFor();
  expect(page.url()).toBe(`${local.wallet}/#/requests/${shown?.data.id}`);

  for (const foreign of ["//evil.example/", "javascript:alert(1)", "https://evil.example/?x=/../.."]) {
    await tapped({ t: "r", id: foreign });
    await expect.poll(() => page.url()).toBe(`${local.wallet}/#/requests/${encodeURIComponent(foreign)}`);
    await tapped({ t: "n", id: foreign });
    await expect.poll(() => page.url()).toBe(`${local.wallet}/#/notifications/${encodeURIComponent(foreign)}`);
  }

  // UX-60: answered while the Wallet is in view, the notification just goes.
  await declined(page, shown?.data.id ?? "");
  await expect.poll(notifications).toEqual([]);
  await rung(page);
  const [next] = await notifications();
  expect(next?.data.id).not.toBe(shown?.data.id);
  // Out of view, one that says so without a sound takes its place until the Wallet is opened.
  await page.goto("about:blank");
  await declined(page, next?.data.id ?? "");
  await expect.poll(notifications).toEqual([
    {
      title: "Wallet",
      body: "A request is over. There is nothing left for you to do.",
      data: { t: "c", id: next?.data.id },
      silent: true,
    },
  ]);

  await page.goto(`${local.wallet}/#/`);
  await page.reload();
  await expect.poll(() => told.length).toBeGreaterThan(1);
  await expect.poll(notifications).toEqual([]);
  expect(told[1]).toBe(told[0]);

  await page.goto(`${local.wallet}/#/settings`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
  const left = await page.evaluate(async () =>
    (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription(),
  );
  expect(left).toBeNull();
});

/** Answered, as from another device of hers. */
async function declined(page: Page, id: string): Promise<void> {
  const headers = { origin: local.wallet };
  const answer = await page.request.post(`${local.wallet}/wallet/requests/${id}/decline`, { data: {}, headers });
  expect(answer.status()).toBe(204);
}

/** An app asks, with a code of June's; milliseconds from its button to the notification. */
async function rung(page: Page): Promise<number> {
  await page.goto(`${local.wallet}/#/connect`);
  const groups = page.locator(".letters [aria-hidden=true]");
  await groups.first().waitFor();
  const code = (await groups.allTextContents()).join("-");
  const app = await browser.newPage();
  await app.goto(local.client);
  await app.getByLabel("Code from your Wallet").fill(code);
  const pressed = performance.now();
  await app.getByRole("button", { name: "Get my records" }).click({ noWaitAfter: true });
  while ((await notifications()).length === 0) {
    if (performance.now() - pressed > 30_000) throw new Error("no notification");
    await new Promise((soon) => setTimeout(soon, 10));
  }
  const took = Math.round(performance.now() - pressed);
  await app.getByText("Now look at your phone").waitFor();
  await app.close();
  return took;
}
