import type { Page } from "playwright-core";
import { consents, notice, now, screenOf } from "../wallet/seen-by-june.ts";
import type { World } from "./fake-exchange.ts";
import { press, type State } from "./states.ts";

/** The life of a consent: held back and gone on with. */
const ACTIVE = "#/consents/at/con_1";
const PAUSED = "#/consents/at/con_2";

const lived = (world: World) => {
  world.consents = [...consents];
};
const shortening = (world: World) => {
  const nearer = [1, 7, 30].map((days) => ({ duration: `P${days}D`, endsAt: now() + days * 86_400 }));
  world.consents = consents.map((consent) => ({ ...consent, nearer }));
};
const shorten = async (page: Page) => {
  await press("End it sooner")(page);
  await page.locator(".segment").nth(1).click();
};

const many = (world: World) => {
  const [one] = consents;
  if (one === undefined) throw new Error("June has lived");
  world.consents = Array.from({ length: 120 }, (_, n) => ({ ...one, id: `con_m${n}`, client: `App ${n + 1}` }));
};

const already = async (world: World) => {
  const { title = "" } = notice.asked[0] ?? {};
  const known = [{ title, decidedAt: now() - 20 * 86_400, endsAt: now() + 70 * 86_400 }];
  world.requests = [await screenOf({ ...notice, already: known })];
};

const reminding = (about: "still" | "end") => (world: World) => {
  world.consents = consents.map((consent) =>
    consent.state === "active" || consent.state === "paused"
      ? { ...consent, endsAt: now() + (about === "end" ? 13 : 200) * 86_400, reminder: { at: now() - 3_600, about } }
      : consent,
  );
};

export const lifeStates: readonly State[] = [
  { name: "home-reminders", world: reminding("still"), reads: "Is that fine?" },
  { name: "home-reminders-end", world: reminding("end"), reads: "Still fine?" },
  { name: "consent-reminder", at: ACTIVE, world: reminding("still"), reads: "Is this still fine?" },
  { name: "consent-reminder-paused", at: PAUSED, world: reminding("still"), reads: "Keep it as it is" },
  { name: "consent-reminder-end", at: ACTIVE, world: reminding("end"), reads: "This ends soon" },
  {
    name: "consent-reminder-failed",
    at: ACTIVE,
    world: (world) => {
      reminding("still")(world);
      world.refuse["POST /wallet/consents/con_1/keep"] = 503;
    },
    does: press("Keep it as it is"),
    reads: "That did not work; nothing changed",
  },
  { name: "settings-ring", at: "#/settings/ring", reads: "Ring this browser" },
  {
    name: "settings-no-reminders",
    at: "#/settings",
    world: (world) => {
      world.me = { name: "June", noReminders: true };
    },
    reads: "Every 90 days",
  },
  { name: "request-already", at: "#/requests/con_r1-waiting", world: already, reads: "sees this already" },
  { name: "consents-active", at: "#/consents/active", world: lived, reads: "My Immunizations" },
  { name: "consents-paused", at: "#/consents/paused", world: lived, reads: "Money Coach" },
  { name: "consents-withdrawn", at: "#/consents/withdrawn", world: lived, reads: "Summer Camp Sign-up" },
  { name: "consents-expired-none", at: "#/consents/expired", world: lived, reads: "Nothing has ended by itself" },
  {
    name: "consents-searched",
    at: "#/consents",
    world: lived,
    does: (page) => page.getByLabel("Find").fill("bank credit"),
    reads: "Money Coach",
  },
  {
    name: "consents-not-found",
    at: "#/consents",
    world: lived,
    does: (page) => page.getByLabel("Find").fill("weather"),
    reads: "Nothing here fits",
  },
  { name: "consents-many", at: "#/consents", world: many, does: press("Show more (90)"), reads: "App 60" },
  {
    name: "consent-history",
    at: ACTIVE,
    world: lived,
    does: (page) => page.getByText("What happened").click(),
    reads: "You shortened it.",
  },
  { name: "consent-paused", at: PAUSED, world: lived, reads: "You paused it at" },
  { name: "consent-pause", at: ACTIVE, world: lived, does: press("Pause sharing"), reads: "Go on sharing" },
  { name: "consent-resume", at: PAUSED, world: lived, does: press("Go on sharing"), reads: "Pause sharing" },
  { name: "consent-shorten", at: ACTIVE, world: shortening, does: shorten, reads: "It then ends on" },
  {
    name: "consent-shortened",
    at: ACTIVE,
    world: shortening,
    does: async (page) => {
      await shorten(page);
      await press("End it then")(page);
    },
    reads: "It now ends on",
  },
  {
    name: "consent-shorten-failed",
    at: ACTIVE,
    world: (world) => {
      shortening(world);
      world.refuse["POST /wallet/consents/con_1/shorten"] = 503;
    },
    does: async (page) => {
      await press("End it sooner")(page);
      await press("End it then")(page);
    },
    reads: "That did not work; nothing changed",
  },
  {
    name: "consent-pause-failed",
    at: ACTIVE,
    world: (world) => {
      lived(world);
      world.refuse["POST /wallet/consents/con_1/pause"] = 503;
    },
    does: press("Pause sharing"),
    reads: "That did not work; nothing changed",
  },
];
