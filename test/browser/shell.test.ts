import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { www } from "../../navigator/www.ts";
import { notice, screenOf } from "../wallet/seen-by-june.ts";
import { built } from "./built.ts";
import { juneOn, launched } from "./chromium.ts";
import { complaintsOf } from "./complaints.ts";
import { exchangeFor } from "./exchange-for-navigator.ts";
import { emptyWorld, type World } from "./fake-exchange.ts";
import { page as builtPage, type Listening, listening } from "./pages.ts";

/** The pages of Navigator's app as `npm run navigator` makes them, between Capacitor's own bridge and a native side that is a fake. */
const modules = join(import.meta.dirname, "../../navigator/node_modules");
const bridge = join(modules, "@capacitor/android/capacitor/src/main/assets/native-bridge.js");
const fakeAndroid = readFileSync(join(import.meta.dirname, "fake-android.js"), "utf8");
const waiting = "con_r1-waiting";

interface Native {
  readonly calls: {
    readonly pluginId: string;
    readonly methodName: string;
    readonly options: Record<string, unknown>;
  }[];
  fire(event: string, data: unknown): void;
}

describe.skipIf(!existsSync(bridge))("A7 Navigator in its native shell (npm ci --prefix navigator)", () => {
  let app: Awaited<ReturnType<typeof built>>;
  let folder: string;
  let browser: Browser;
  let exchange: Listening;
  let origin: Listening;
  let world: World;
  const proofs: string[] = [];
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "fpx-www-"));
    app = await built("navigator");
    origin = await listening(
      createServer((request, response) => builtPage(folder, request, response, exchange.origin)),
    );
    exchange = await exchangeFor(
      () => origin.origin,
      () => world,
      proofs,
    );
    await www(app.folder, { wallet: exchange.origin }, folder);
    browser = await launched();
    world = { ...emptyWorld(), me: undefined, requests: [await screenOf(notice)] };
    page = await juneOn(browser, { viewport: { width: 360, height: 740 }, reducedMotion: "reduce" });
    complaints = complaintsOf(page);
    await page.addInitScript(`${fakeAndroid}\n${readFileSync(bridge, "utf8")}`);
    await page.goto(origin.origin);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await origin?.close();
    await exchange?.close();
    app?.remove();
    rmSync(folder, { recursive: true });
  });

  const calls = async (methodName: string) =>
    (await page.evaluate(() => (window as unknown as { native: Native }).native.calls)).filter(
      (call) => call.methodName === methodName,
    );
  const fire = (event: string, data: unknown) =>
    page.evaluate(([name, given]) => (window as unknown as { native: Native }).native.fire(name, given), [
      event,
      data,
    ] as const);
  const heading = (name: RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();

  test("a wallet is made with the system's passkey, for the Wallet's host, and the phone says how it is rung", async () => {
    await page.getByLabel("Your name").fill("June");
    await page.getByRole("button", { name: "Create your wallet" }).click();
    await heading(/June/);
    expect(await calls("createPasskey")).toMatchObject([
      { options: { publicKey: { rp: { id: "localhost" }, user: { id: "anVuZQ" } } } },
    ]);
    await expect.poll(() => world.asked).toContain("POST /wallet/devices");
    expect(proofs).toContain(`POST ${exchange.origin}/wallet/devices true`);
    expect(await calls("requestPermissions")).toHaveLength(1);
  });
  test("its screens are not for the list of recent apps", async () => {
    expect(await calls("enable")).toMatchObject([{ pluginId: "PrivacyScreen" }]);
  });
  test("UX-35 a tapped notification opens the request, and the system's passkey signs what was chosen", async () => {
    await fire("pushNotificationActionPerformed", {
      actionId: "tap",
      notification: { id: "1", data: { v: "1", id: waiting, t: "r", exp: "4000000000" } },
    });
    await heading(/My Immunizations asks/);
    await page.getByRole("button", { name: /^Approve/ }).click();
    await heading(/My Immunizations may see it now/);
    expect(await calls("authenticate")).toMatchObject([
      { options: { publicKey: { rpId: "localhost", userVerification: "required" } } },
    ]);
  });
  test("N-78 a link of another host opens nothing; the Wallet's own opens its screen", async () => {
    await page.evaluate(() => {
      const seen: string[] = [];
      addEventListener("hashchange", () => seen.push(location.hash));
      Object.assign(window, { seen });
    });
    await fire("appUrlOpen", { url: "https://evil.example/link#/asks/link_r1evil" });
    await fire("appUrlOpen", { url: "javascript:location.hash='evil'" });
    await fire("appUrlOpen", { url: `${exchange.origin}/link#/asks/link_r1x` });
    const seen = () => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    await expect.poll(seen).toContain("#/asks/link_r1x");
    expect((await seen()).join()).not.toContain("evil");
  });
  test("UX-60 a push that clears takes away what rang with its id, and nothing else; who comes back to the app sees the rest there", async () => {
    await fire("pushNotificationReceived", { id: "2", data: { v: "1", id: waiting, t: "c", exp: "4000000000" } });
    await expect.poll(() => calls("removeDeliveredNotifications")).toHaveLength(1);
    expect(await calls("removeDeliveredNotifications")).toMatchObject([
      { options: { notifications: [{ id: 1, tag: waiting }] } },
    ]);
    const seen = (await calls("removeAllDeliveredNotifications")).length;
    await fire("resume", null);
    await expect.poll(async () => (await calls("removeAllDeliveredNotifications")).length).toBe(seen + 1);
  });
  test("its pages live with the policy they bring", () => {
    expect(complaints).toEqual([]);
  });
});
