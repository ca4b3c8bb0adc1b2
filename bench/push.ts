import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import * as client from "openid-client";
import type { Page } from "playwright-core";
import { authenticator, juneOn, launched, launchedWith } from "../test/browser/chromium.ts";
import { fakeFcm } from "../test/browser/fake-fcm.ts";
import { type Local, npmStart } from "../test/browser/npm-start.ts";
import { writePush } from "./performance-page.ts";
import { table } from "./report.ts";
import { spreadOf } from "./statistics.ts";

/** `npm run bench:push`: milliseconds from /bc-authorize answered to the prompt that can be seen, in Chromium and on June's phone; written to docs/performance.md. */
const ROUNDS = 24;
/** A fresh one for every few. */
const PROFILES = 3;
const PATIENCE_MS = 8_000;

const local = await npmStart();
try {
  const ask = await asking(local);
  const rows = [
    ["Chromium, by Web Push through a push service on this machine", await inProfiles(local, ask)],
    ["June's phone, by its endpoint at (local) SNS", await onThePhone(local, ask)],
  ] as const;
  const section = sectionOf(rows);
  console.log(section);
  writePush(section);
} finally {
  await local.stop();
}

type Ask = (code: string) => Promise<unknown>;

/** An app that asks by CIBA; resolves when it is answered. */
async function asking({ issuer, initialAccessToken }: Local): Promise<Ask> {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const kid = "bench";
  const metadata = {
    client_name: "Bench",
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid, use: "sig" }] },
    grant_types: ["urn:openid:params:grant-type:ciba", "refresh_token"],
  } as Partial<client.ClientMetadata>;
  const authentication = client.PrivateKeyJwt({ key: privateKey, kid });
  const execute = [client.allowInsecureRequests];
  const options = { initialAccessToken, execute };
  const config = await client.dynamicClientRegistration(new URL(issuer), metadata, authentication, options);
  const question = { scope: "openid immunization-history.read", binding_message: "Heron 47" };
  return (login_hint) => client.initiateBackchannelAuthentication(config, { ...question, login_hint });
}

async function inProfiles(at: Local, ask: Ask): Promise<readonly number[]> {
  const took: number[] = [];
  for (let profile = 0; profile < PROFILES; profile++) took.push(...(await inChromium(at, ask)));
  return took;
}

async function inChromium({ wallet }: Local, ask: Ask): Promise<readonly number[]> {
  const profile = mkdtempSync(join(tmpdir(), "fpx-profile-"));
  const fcm = await fakeFcm();
  const browser = await launchedWith(profile, fcm.args, ["notifications"]);
  try {
    const page = await browser.newPage();
    await authenticator(page, true);
    // Chromium's endpoints are at an address of Google's, whatever its push service is.
    await page.route("**/wallet/devices", (route) => {
      const device = route.request().postData() ?? "";
      return route.continue({ postData: device.replace(/https:\/\/[\w.-]+(?=\/fcm\/send\/)/, fcm.url) });
    });
    await page.goto(wallet);
    await page.getByLabel("Your name").fill("June");
    await page.getByRole("button", { name: "Create your wallet" }).click();
    await page.getByRole("heading", { level: 1, name: /June/ }).waitFor();
    await page.goto(`${wallet}/#/settings`);
    await page.getByRole("button", { name: "Switch on: Ring this browser" }).click();
    await page.getByText("This browser rings when a request waits.").waitFor();
    while (fcm.sockets.size === 0) await new Promise((soon) => setTimeout(soon, 50));
    return await rounds(ROUNDS / PROFILES, async () => {
      const code = await codeByApi(page);
      await ask(code);
      const answered = performance.now();
      while ((await shown(page)) === 0) {
        if (performance.now() - answered > PATIENCE_MS) return Number.NaN;
        await new Promise((soon) => setTimeout(soon, 10));
      }
      const took = performance.now() - answered;
      await cleared(page);
      return took;
    });
  } finally {
    await browser.close();
    fcm.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

function shown(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).length;
  });
}

function cleared(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    for (const notification of await registration.getNotifications()) notification.close();
    await new Promise((soon) => setTimeout(soon, 500));
  });
}

function codeByApi(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch("/wallet/codes", { method: "POST", headers, body: '{"for":"app"}' });
    return ((await answer.json()) as { readonly code: string }).code;
  });
}

async function onThePhone({ phone }: Local, ask: Ask): Promise<readonly number[]> {
  const browser = await launched();
  try {
    const page = await juneOn(browser, { viewport: { width: 1000, height: 900 }, reducedMotion: "reduce" });
    await authenticator(page, true);
    await page.goto(phone);
    const registered = page.waitForResponse((answer) => answer.url().endsWith("/wallet/devices"));
    await page.getByRole("button", { name: "Open Navigator", exact: true }).click();
    const navigator = page.frameLocator("iframe");
    await navigator.getByLabel("Your name").fill("June");
    await navigator.getByRole("button", { name: "Create your wallet" }).click();
    await registered;
    return await rounds(ROUNDS, async (round) => {
      await navigator.getByRole("link", { name: /Connect an app/ }).dispatchEvent("click");
      const groups = navigator.locator(".letters [aria-hidden=true]");
      await groups.first().waitFor();
      const code = (await groups.allTextContents()).join("-");
      // The banner of the last one may lie over it.
      await navigator.getByRole("link", { name: "Home" }).dispatchEvent("click");
      await page.getByRole("button", { name: "Go to the lock screen" }).click();
      await ask(code);
      const answered = performance.now();
      await page.waitForFunction((before) => document.querySelectorAll(".notification").length > before, round);
      const took = performance.now() - answered;
      await page.getByRole("button", { name: "Open Navigator", exact: true }).click();
      return took;
    });
  } finally {
    await browser.close();
  }
}

/** The first ones warm up. */
async function rounds(times: number, measured: (round: number) => Promise<number>): Promise<readonly number[]> {
  const took: number[] = [];
  for (let round = 0; round < times + 2; round++) {
    took.push(await measured(round));
    process.stderr.write(".");
  }
  return took.slice(2);
}

function sectionOf(rows: readonly (readonly [string, readonly number[]])[]): string {
  const body = rows.map(([name, all]) => {
    const samples = all.filter((took) => !Number.isNaN(took));
    const { median, p10, p90 } = spreadOf(samples);
    return [
      name,
      samples.length,
      all.length - samples.length,
      ...[median, p10, p90, Math.max(...samples)].map(Math.round),
    ];
  });
  const load = loadavg()[0]?.toFixed(1);
  return `Written by \`npm run bench:push\`: milliseconds from \`/bc-authorize\` answered to the prompt that can be seen, with everything \`npm start\` runs, the demo
network too, and Chromium on the same 2 cores (load average ${load}: more than 2 is waiting). What is in it: the record's stream, the hint resolved, the consent made, its
stream again, the ring; for a browser then the queue, encryption, the push service and the service worker. What is not: AWS (a stream is polled 4 times a second there), Google's or
Apple's network, and a phone that sleeps. *Never* are those that the exchange delivered and the push service on this machine took, and that Chromium did not show
within ${PATIENCE_MS / 1_000} s.

${table(["prompt in", "times", "never", "median", "p10", "p90", "longest"], body)}`;
}
