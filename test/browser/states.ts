import type { Page } from "playwright-core";

import type { Notice } from "../../protocol/wallet.ts";
import {
  consents,
  linkScreen,
  notice,
  noticeForBob,
  noticeOfLonger,
  noticeOfMerge,
  noticeOfReplace,
  noticeOfSignIn,
  noticeOfTwo,
  noticeWithoutSource,
  now,
  places,
  screenOf,
  signInOf,
  sources,
  told,
} from "../wallet/seen-by-june.ts";

import { authenticator } from "./chromium.ts";
import type { World } from "./fake-exchange.ts";

/** One screen in one state: what the exchange knows, where the person goes, what they do there, and what must then be read. */
export interface State {
  readonly name: string;
  readonly at?: string;
  readonly world?: (world: World) => void | Promise<void>;
  readonly does?: (page: Page, world: World) => Promise<unknown>;
  readonly reads: string;
}

export const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).click();
const asked = async (world: World) => {
  world.requests = [await screenOf(notice)];
};
const ending = async (world: World) => {
  world.requests = [await screenOf(notice, { expiresAt: now() + 200 })];
};
/** Of a Client that shows a number in place of words (UX-32). */
const numbered = async (world: World) => {
  const { bindingMessage: _, ...words } = notice;
  world.requests = [{ ...(await screenOf(words)), missesLeft: 3 }];
};
const changed = (shown: Notice) => async (world: World) => {
  world.requests = [await screenOf(shown)];
};
const signIn = async (world: World) => {
  world.requests = [await screenOf(noticeOfSignIn)];
};
const lived = async (world: World) => {
  world.requests = [await screenOf(notice)];
  world.sources = [...sources];
  world.consents = [...consents];
};
/** So much later by the device's clock: what counts the time goes on. */
const after = (seconds: number) => async (page: Page) => {
  await page.getByRole("button", { name: /^Approve/ }).waitFor();
  await page.clock.setFixedTime(Date.now() + seconds * 1_000);
};
const afterReading = (seconds: number) => async (page: Page) => {
  await page.getByText("it holds for you:").waitFor();
  await page.clock.setFixedTime(Date.now() + seconds * 1_000);
};
const unused = (world: World) => {
  world.consents = consents.slice(0, 1).map((consent) => ({ ...consent, notInUse: true }));
};
const signedOut = (world: World) => {
  world.me = undefined;
};
const REQUEST_PATH = "/wallet/requests/con_r1-waiting";
const ended = (error: string) => (world: World) => {
  world.refuse[`GET ${REQUEST_PATH}`] = [410, error];
};
const refusing = (status: number) => (world: World) => {
  world.refuse["GET /wallet/requests/con_r1-waiting"] = status;
};
const wished = (world: World) => {
  world.links = [linkScreen];
};
const refusingLink = (world: World) => {
  world.refuse["GET /wallet/links/req_1"] = 410;
};
const LINK = "#/links/req_1";
const REQUEST = "#/requests/con_r1-waiting";
const NUMBER_LINK = "#/numbers/number_r1x";
const refusingNumber = (world: World) => {
  world.refuse["GET /wallet/numbers/number_r1x"] = [410, "used"];
};
const WAITING = "asks to see";

export const states: readonly State[] = [
  { name: "welcome", world: signedOut, reads: "You decide who sees your data" },
  {
    name: "welcome-cancelled",
    world: signedOut,
    does: async (page) => {
      await authenticator(page, false, "localhost");
      await press("Sign in with a passkey")(page);
    },
    reads: "No passkey was used",
  },
  { name: "welcome-no-name", world: signedOut, does: press("Create your wallet"), reads: "Please type a name" },
  {
    name: "welcome-again",
    world: lived,
    does: async (page, world) => {
      await page.getByText("Money Coach").waitFor();
      world.me = undefined;
    },
    reads: "You were signed out",
  },
  { name: "home-new", reads: "You have no sources yet" },
  { name: "home", world: lived, reads: "Lakeside Family Clinic" },
  {
    name: "home-offline",
    world: lived,
    does: async (page, world) => {
      await page.getByText("Money Coach").waitFor();
      world.refuse["GET /wallet/requests"] = 503;
    },
    reads: "The exchange is not answering right now",
  },
  { name: "request", at: REQUEST, world: asked, reads: WAITING },
  {
    name: "request-long-context",
    at: REQUEST,
    world: async (world) => {
      const device = "NavigateurSansAucuneEspaceSurUnSystemeDExploitationTresLong60";
      world.requests = [
        await screenOf({
          ...notice,
          began: { at: now() - 60, device, location: "\u05ea\u05dc \u05d0\u05d1\u05d9\u05d1" },
        }),
      ];
    },
    reads: "says that it began here",
  },
  { name: "sign-in", at: REQUEST, world: signIn, reads: "asks you to sign in" },
  {
    name: "sign-in-approved",
    at: REQUEST,
    world: signIn,
    does: async (page) => {
      await authenticator(page, true, "localhost");
      await press(/^Approve: sign in/)(page);
    },
    reads: "You are signed in at Summer Camp Sign-up",
  },
  {
    name: "home-sign-in",
    world: async (world) => {
      await signIn(world);
      world.consents = [signInOf("active"), ...consents];
    },
    reads: "asks you to sign in",
  },
  {
    name: "consent-sign-in",
    at: "#/consents/at/con_5",
    world: (world) => {
      world.consents = [signInOf("active")];
    },
    does: press("End this sign-in"),
    reads: "can no longer check here who you are",
  },
  {
    name: "request-both-sources",
    at: REQUEST,
    world: asked,
    does: (page) => page.getByText("Lakeside Family Clinic").click(),
    reads: "Ask this one first",
  },
  {
    name: "request-number",
    at: REQUEST,
    world: numbered,
    does: (page) => page.getByRole("textbox", { name: "Which number" }).fill("4 7"),
    reads: "Which number",
  },
  {
    name: "request-for-somebody",
    at: REQUEST,
    world: async (world) => {
      world.requests = [await screenOf(noticeForBob)];
    },
    reads: "Who will see it",
  },
  { name: "claims", at: "#/claims/of-bob", reads: "asks who you are" },
  {
    name: "claims-taken",
    at: "#/claims/of-bob",
    world: (world) => {
      world.refuse["POST /wallet/claims/of-bob"] = [410, "taken"];
    },
    does: press(/^Ask as/),
    reads: "Somebody took this up already",
  },
  {
    name: "claims-used",
    at: "#/claims/of-bob",
    world: (world) => {
      world.refuse["GET /wallet/claims/of-bob"] = [410, "used"];
    },
    reads: "This link was used already",
  },
  { name: "number-link", at: NUMBER_LINK, world: numbered, reads: "Your other screen shows this number" },
  { name: "number-link-none", at: NUMBER_LINK, reads: "No request by this link" },
  { name: "number-link-closed", at: NUMBER_LINK, world: refusingNumber, reads: "Already answered" },
  {
    name: "number-link-approved",
    at: NUMBER_LINK,
    world: numbered,
    does: async (page) => {
      await authenticator(page, true, "localhost");
      await press(/^Approve/)(page);
    },
    reads: "My Immunizations may see it now",
  },
  { name: "request-number-missing", at: REQUEST, world: numbered, does: press(/^Approve/), reads: "Type the number" },
  {
    name: "request-two-kinds-no-yes",
    at: REQUEST,
    world: changed(noticeOfTwo),
    does: press(/^Approve/),
    reads: "This needs a yes of its own",
  },
  {
    name: "request-closed-sources",
    at: REQUEST,
    world: async (world) => {
      const [kind] = noticeWithoutSource.asked;
      if (kind === undefined) return;
      const source = { linkedAt: now() - 20 * 86_400, usable: false };
      const sources = [
        { ...source, id: "lnk_1", name: "Provincial Immunization Registry", reason: "suspended" as const },
        { ...source, id: "lnk_2", name: "Lakeside Family Clinic", reason: "disconnected" as const },
      ];
      world.requests = [await screenOf({ ...noticeWithoutSource, asked: [{ ...kind, sources }] })];
    },
    reads: "You disconnected this place",
  },
  {
    name: "request-two-kinds",
    at: REQUEST,
    world: async (world) => {
      world.requests = [await screenOf(noticeOfTwo, { expiresAt: now() + 5_000 })];
    },
    reads: "If you did not start this, decline.",
  },
  { name: "change-merge", at: REQUEST, world: changed(noticeOfMerge), reads: "What stays the same" },
  {
    name: "change-merge-open",
    at: REQUEST,
    world: changed(noticeOfMerge),
    does: async (page) => {
      for (const summary of await page.locator("summary").all()) await summary.click();
    },
    reads: "Read your allergies",
  },
  { name: "change-replace", at: REQUEST, world: changed(noticeOfReplace), reads: "No longer" },
  { name: "change-longer", at: REQUEST, world: changed(noticeOfLonger), reads: "Nothing more than it sees now" },
  {
    name: "change-declined",
    at: REQUEST,
    world: changed(noticeOfMerge),
    does: press(/^Decline/),
    reads: "goes on seeing what you allowed before",
  },
  {
    name: "request-no-source",
    at: REQUEST,
    world: async (world) => {
      world.requests = [await screenOf(noticeWithoutSource)];
    },
    does: press(/Approve/),
    reads: "Choose at least one place",
  },
  {
    name: "request-cancelled",
    at: REQUEST,
    world: asked,
    does: async (page) => {
      await authenticator(page, false, "localhost");
      await press(/Approve/)(page);
    },
    reads: "The passkey was not used",
  },
  {
    name: "request-changed",
    at: REQUEST,
    world: async (world) => {
      await asked(world);
      world.refuse["POST /wallet/requests/con_r1-waiting/approve"] = 409;
    },
    does: async (page) => {
      await authenticator(page, true, "localhost");
      await press(/Approve/)(page);
    },
    reads: "Something changed",
  },
  {
    name: "request-expires",
    at: REQUEST,
    world: async (world) => {
      world.requests = [await screenOf(notice, { expiresAt: now() + 2 })];
    },
    reads: "Too late for this one",
  },
  { name: "request-soon-paused", at: REQUEST, world: asked, does: after(285), reads: "Do you need more time?" },
  { name: "request-paused", at: REQUEST, world: asked, does: after(310), reads: "Are you still there?" },
  {
    name: "request-paused-for-long",
    at: REQUEST,
    world: async (world) => {
      world.requests = [await screenOf(notice, { expiresAt: now() + 5 * 86_400 })];
    },
    does: after(310),
    reads: "Are you still there?",
  },
  { name: "request-almost-over", at: REQUEST, world: ending, does: after(190), reads: "almost over" },
  { name: "request-closed", at: REQUEST, world: refusing(410), reads: "Already answered" },
  { name: "request-late", at: REQUEST, world: ended("late"), reads: "Too late for this one" },
  { name: "request-answered", at: REQUEST, world: ended("used"), reads: "here or on another device. You find" },
  { name: "request-missed", at: REQUEST, world: ended("missed"), reads: "Three wrong numbers" },
  { name: "request-released", at: REQUEST, world: ended("released"), reads: "The app took this back" },
  { name: "request-app-stopped", at: REQUEST, world: ended("gone"), reads: "This app cannot ask you now" },
  {
    name: "request-answered-meanwhile",
    at: REQUEST,
    world: async (world) => {
      await asked(world);
      world.refuse[`POST ${REQUEST_PATH}/decline`] = [409, "conflict"];
    },
    does: press(/^Decline/),
    reads: "here or on another device. You find",
  },
  {
    name: "request-offline-answer",
    at: REQUEST,
    world: asked,
    does: async (page) => {
      await page.route("**/wallet/requests/*/decline", (route) => route.abort());
      await press(/^Decline/)(page);
    },
    reads: "Nothing was sent.",
  },
  {
    name: "request-no-sources-at-all",
    at: REQUEST,
    world: async (world) => {
      const asked = notice.asked.map((kind) => ({ ...kind, sources: [] }));
      world.requests = [await screenOf({ ...notice, asked })];
    },
    reads: "You have no source for this yet",
  },
  { name: "request-not-found", at: REQUEST, reads: "Nothing to see here" },
  { name: "request-busy", at: REQUEST, world: refusing(503), reads: "Please wait a moment" },
  {
    name: "request-offline",
    at: REQUEST,
    does: async (page) => {
      await page.route("**/wallet/requests/*", (route) => route.abort());
      await page.reload();
    },
    reads: "You seem to be offline",
  },
  {
    name: "request-approved",
    at: REQUEST,
    world: asked,
    does: async (page) => {
      await authenticator(page, true, "localhost");
      await press(/Approve/)(page);
    },
    reads: "My Immunizations may see it now",
  },
  { name: "request-declined", at: REQUEST, world: asked, does: press(/Decline/), reads: "You said no" },
  {
    name: "request-not-me",
    at: REQUEST,
    world: asked,
    does: press("I did not start this"),
    reads: "The people who run this exchange see that it was reported",
  },
  { name: "consents", at: "#/consents", world: lived, reads: "Apps and what they see" },
  { name: "consents-refused", at: "#/consents/refused", world: lived, reads: "Prize Wheel" },
  { name: "consents-none", at: "#/consents", reads: "No app can see anything" },
  { name: "source", at: "#/sources/at/lnk_1", world: lived, reads: "What it holds of you" },
  { name: "source-end", at: "#/sources/at/lnk_1", world: lived, does: press("Disconnect"), reads: "Yes, disconnect" },
  {
    name: "source-ended",
    at: "#/sources/at/lnk_1",
    world: lived,
    does: async (page) => {
      await press("Disconnect")(page);
      await press("Yes, disconnect")(page);
    },
    reads: "is no longer one of your sources",
  },
  { name: "link", at: LINK, world: wished, reads: "it holds for you:" },
  {
    name: "link-any-kind",
    at: LINK,
    world: (world) => {
      world.links = [{ ...linkScreen, notice: { ...linkScreen.notice, kinds: [] } }];
    },
    reads: "which kinds of data it holds",
  },
  {
    name: "link-cancelled",
    at: LINK,
    world: wished,
    does: async (page) => {
      await authenticator(page, false, "localhost");
      await press("Connect Lakeside Family Clinic")(page);
    },
    reads: "The passkey was not used",
  },
  {
    name: "link-connected",
    at: LINK,
    world: wished,
    does: async (page) => {
      await authenticator(page, true, "localhost");
      await press("Connect Lakeside Family Clinic")(page);
    },
    reads: "Your sources",
  },
  { name: "link-not-now", at: LINK, world: wished, does: press(/^Not now/), reads: "Your sources" },
  {
    name: "link-busy",
    at: LINK,
    world: (world) => {
      wished(world);
      world.refuse["POST /wallet/links/req_1/decline"] = 503;
    },
    does: press(/^Not now/),
    reads: "not answering right now. Nothing was connected",
  },
  {
    name: "link-soon-paused",
    at: LINK,
    world: wished,
    does: afterReading(285),
    reads: "Do you need more time?",
  },
  { name: "link-paused", at: LINK, world: wished, does: afterReading(310), reads: "Are you still there?" },
  {
    name: "link-goes-on",
    at: LINK,
    world: wished,
    does: async (page) => {
      await afterReading(310)(page);
      await press("Go on reading")(page);
    },
    reads: "it holds for you:",
  },
  { name: "link-closed", at: LINK, world: refusingLink, reads: "Already answered" },
  {
    name: "places",
    at: "#/sources/add",
    world: (world) => {
      world.places = [...places];
    },
    reads: "Choose the place",
  },
  {
    name: "places-code",
    at: "#/sources/add",
    world: (world) => {
      world.places = [...places];
    },
    does: press("Show a code"),
    reads: "Copy the code",
  },
  { name: "stopped", at: "#/stopped/flow", reads: "This link leads nowhere" },
  { name: "stopped-late", at: "#/stopped/late", reads: "Too late for this link" },
  { name: "stopped-used", at: "#/stopped/used", reads: "This link was used already" },
  { name: "stopped-browser", at: "#/stopped/browser", reads: "Another browser began this" },
  { name: "stopped-app", at: "#/stopped/app", reads: "This app is stopped for now" },
  { name: "consent", at: "#/consents/at/con_1", world: lived, reads: "can see this now" },
  { name: "consent-not-in-use", at: "#/consents/at/con_1", world: unused, reads: "is not using this" },
  { name: "consents-not-in-use", at: "#/consents", world: unused, reads: "not in use" },
  {
    name: "consent-stop",
    at: "#/consents/at/con_1",
    world: lived,
    does: press("Stop sharing"),
    reads: "Yes, stop now",
  },
  {
    name: "consent-stopped",
    at: "#/consents/at/con_1",
    world: lived,
    does: async (page) => {
      await press("Stop sharing")(page);
      await press("Yes, stop now")(page);
    },
    reads: "Stopped.",
  },
  {
    name: "consent-told",
    at: "#/consents/at/con_3",
    world: (world) => {
      world.consents = consents.map((consent) => (consent.state === "ended" ? { ...consent, told } : consent));
    },
    reads: "confirmed it.",
  },
  {
    name: "consent-left",
    at: "#/consents/at/con_1",
    world: (world) => {
      world.consents = consents.map((consent) => ({ ...consent, told: told.slice(0, 1) }));
    },
    reads: "Nothing comes from here any more",
  },
  {
    name: "consent-disconnected",
    at: "#/consents/at/con_1",
    world: (world) => {
      world.consents = consents.map((consent) => ({
        ...consent,
        kinds: consent.kinds.map((kind) => ({ ...kind, disconnected: kind.sources })),
      }));
    },
    reads: "You disconnected this place. Nothing comes",
  },
  { name: "consent-declined", at: "#/consents/at/con_4", world: lived, reads: "Nothing was shared with" },
  { name: "code-source", at: "#/sources/add", world: lived, does: press("Copy the code"), reads: "Copied" },
  {
    name: "code-over",
    at: "#/sources/add",
    world: (world) => {
      world.codeLife = 1;
    },
    reads: "This code has run out",
  },
  {
    name: "code-arrived",
    at: "#/sources/add",
    does: async (page, world) => {
      await page.getByText("Copy the code").waitFor();
      world.sources = [...sources.slice(0, 1)];
    },
    reads: "is now one of your sources",
  },
  {
    name: "code-app-asks",
    at: "#/connect",
    does: async (page, world) => {
      await page.getByText("Copy the code").waitFor();
      await asked(world);
    },
    reads: "is asking you now",
  },
  { name: "settings", at: "#/settings", reads: "Switched off." },
  // A page nobody asked in has no permission: headless Chromium denies it.
  { name: "settings-denied", at: "#/settings", reads: "This browser is not allowed to ring" },
  {
    name: "settings-invalid",
    at: "#/settings",
    does: async (page) => {
      await page.getByRole("textbox", { name: "Wallet name", exact: true }).fill("J!");
      await press("Switch on: Wallet name")(page);
    },
    reads: "This name does not fit",
  },
  {
    name: "settings-on",
    at: "#/settings",
    does: async (page) => {
      await page.getByRole("textbox", { name: "Wallet name", exact: true }).fill("june.heron");
      await press("Switch on: Wallet name")(page);
    },
    reads: "june.heron",
  },
  {
    name: "settings-code-invalid",
    at: "#/settings",
    does: async (page) => {
      await page.getByRole("textbox", { name: "Code for your wallet name" }).fill("tulip 77");
      await press("Switch on: Code for your wallet name")(page);
    },
    reads: "This code does not fit",
  },
  {
    name: "settings-quiet",
    at: "#/settings",
    does: async (page) => {
      await page.getByRole("textbox", { name: "Code for your wallet name" }).fill("tulip-77");
      await press("Switch on: Code for your wallet name")(page);
      await page.getByText("needs your code").waitFor();
      await page.getByLabel("To", { exact: true }).fill("06:30");
      await press("Switch on: Quiet hours")(page);
    },
    reads: "Switched on: from",
  },
  { name: "nowhere", at: "#/elsewhere", reads: "Nothing to see here" },
];
