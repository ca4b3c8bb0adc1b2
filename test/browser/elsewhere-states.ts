import { notice, now, screenOf, sources } from "../wallet/seen-by-june.ts";
import { authenticator } from "./chromium.ts";
import type { World } from "./fake-exchange.ts";
import { press, type State } from "./states.ts";

/** The Wallet on another device: both screens in each state, and each of their dead ends (UX-18). */
const ASK = "#/asks/ask_r1x";
const LINK = "#/asks/link_r1x";
const WAITS = "#/elsewhere/wait_r1x";

const signedOut = (world: World) => {
  world.me = undefined;
};
/** By the link that another screen shows. */
const linked = (world: World) => {
  const { elsewhereAt: _, ...ask } = world.ask;
  world.ask = { ...ask, from: "elsewhere" };
};
const refusing = (error: string) => (world: World) => {
  linked(world);
  world.refuse["POST /wallet/asks/link_r1x"] = [410, error];
};
const onPhone = async (world: World) => {
  const { bindingMessage: _, ...words } = notice;
  linked(world);
  world.sources = [...sources];
  world.requests = [await screenOf({ ...words, began: { at: now() - 60, elsewhere: true } }, { missesLeft: 3 })];
};

export const elsewhereStates: readonly State[] = [
  { name: "ask", at: ASK, reads: "Where do you want to answer?" },
  { name: "ask-signed-out", at: ASK, world: signedOut, reads: "My wallet is on my phone" },
  {
    name: "ask-link-signed-out",
    at: LINK,
    world: (world) => {
      signedOut(world);
      linked(world);
    },
    reads: "If you did not start it, close this page",
  },
  { name: "elsewhere", at: WAITS, world: signedOut, reads: "Waiting for your answer" },
  {
    name: "elsewhere-link",
    at: WAITS,
    world: signedOut,
    does: async (page) => {
      await page.getByText("No camera? Take the link").click();
      await press("Copy the link")(page);
    },
    reads: "Copied",
  },
  {
    name: "elsewhere-offline",
    at: WAITS,
    does: async (page, world) => {
      await page.getByText("Waiting for your answer").waitFor();
      world.refuse["GET /wallet/elsewhere/wait_r1x"] = 503;
    },
    reads: "This page goes on when you are connected again",
  },
  {
    name: "elsewhere-over",
    at: WAITS,
    does: async (page, world) => {
      await page.getByText("Waiting for your answer").waitFor();
      world.elsewhere = { state: "over" };
    },
    reads: "Nothing more happens on this page",
  },
  {
    name: "elsewhere-late",
    at: WAITS,
    world: (world) => {
      if (world.elsewhere.state === "waiting") world.elsewhere = { ...world.elsewhere, expiresAt: now() + 2 };
    },
    reads: "Too late for this link",
  },
  {
    name: "elsewhere-unknown",
    at: WAITS,
    world: (world) => {
      world.refuse["GET /wallet/elsewhere/wait_r1x"] = [404, "not_found"];
    },
    reads: "This link leads nowhere",
  },
  { name: "link-request", at: LINK, world: onPhone, reads: "Another screen began this" },
  {
    name: "link-no-number",
    at: LINK,
    world: onPhone,
    does: press(/^Approve/),
    reads: "Type the number",
  },
  {
    name: "link-approved",
    at: LINK,
    world: onPhone,
    does: async (page) => {
      await authenticator(page, true, "localhost");
      await page.getByRole("textbox", { name: "Which number" }).fill("47");
      await press(/^Approve/)(page);
    },
    reads: "Your other screen goes on by itself",
  },
  { name: "link-declined", at: LINK, world: onPhone, does: press(/^Decline/), reads: "says that you said no" },
  {
    name: "link-not-me",
    at: LINK,
    world: onPhone,
    does: press("I did not start this"),
    reads: "The other screen stops",
  },
  { name: "link-taken", at: LINK, world: refusing("taken"), reads: "Somebody took this up already" },
  { name: "link-late", at: LINK, world: refusing("late"), reads: "Too late for this link" },
  { name: "link-used", at: LINK, world: refusing("used"), reads: "This link was used already" },
  { name: "link-cannot-ask", at: LINK, world: refusing("gone"), reads: "This app cannot ask you now" },
  {
    name: "link-broken",
    at: LINK,
    world: (world) => {
      world.refuse["GET /wallet/asks/link_r1x"] = [404, "not_found"];
    },
    reads: "This link is not complete",
  },
  { name: "open-link", at: "#/open-link", reads: "Open a link from another screen" },
  {
    name: "open-link-foreign",
    at: "#/open-link",
    does: async (page) => {
      await page.getByLabel("Link", { exact: true }).fill("https://evil.example/link#/asks/link_r1x");
      await press("Open")(page);
    },
    reads: "This is no link of your wallet",
  },
];
