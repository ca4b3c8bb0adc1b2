import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { chromiumPath } from "./chromium-path.ts";

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** The machine's Chromium. */
export function launched(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: QUIET });
}

/** The same with a profile that is kept, as push needs it: no subscription in a window that forgets. */
export function launchedWith(profile: string, args: readonly string[], permissions: string[]): Promise<BrowserContext> {
  const background = QUIET.filter((flag) => flag !== "--disable-background-networking");
  return chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: [...background, ...args],
    permissions,
    locale: "en-CA",
  });
}

/** A page with June's device in it: a platform authenticator that verifies her, unless told otherwise. */
export async function juneOn(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: "en-CA", timezoneId: "America/Toronto", ...options });
  await context.grantPermissions(["clipboard-write"]);
  return context.newPage();
}

/** A platform authenticator for a page; with `rpId` June already has a passkey there. It says yes by itself, so where the browser offers passkeys while a name is filled in, one is used before anybody pressed: only where a test is about that. */
export async function authenticator(page: Page, verified: boolean, rpId?: string, filledIn = false): Promise<void> {
  if (!filledIn) {
    await page.addInitScript(offeringNone);
    await page.evaluate(offeringNone);
  }
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: verified,
      automaticPresenceSimulation: true,
    },
  });
  if (rpId === undefined) return;
  const { privateKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
    "sign",
    "verify",
  ]);
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", privateKey)).toString("base64");
  await session.send("WebAuthn.addCredential", {
    authenticatorId,
    credential: {
      credentialId: Buffer.from("june-passkey").toString("base64"),
      userHandle: Buffer.from("june").toString("base64"),
      isResidentCredential: true,
      rpId,
      privateKey: pkcs8,
      signCount: 0,
    },
  });
}

function offeringNone(): void {
  if ("PublicKeyCredential" in globalThis) PublicKeyCredential.isConditionalMediationAvailable = async () => false;
}
