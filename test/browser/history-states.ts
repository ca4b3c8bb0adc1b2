import { type ActivityEntry, type ActivityWhat, activityKinds } from "../../protocol/wallet-activity.ts";
import { consents, now, sources } from "../wallet/seen-by-june.ts";
import { authenticator } from "./chromium.ts";
import type { World } from "./fake-exchange.ts";
import { press, type State } from "./states.ts";

const HOUR = 3_600;

/** Of the first consent: used at both sources. */
const uses = {
  times: 14,
  lastAt: now() - 2 * HOUR,
  sources: [
    { name: "Provincial Immunization Registry", times: 13, lastAt: now() - 2 * HOUR },
    { name: "Lakeside Family Clinic", times: 1, lastAt: now() - 50 * HOUR },
  ],
  collected: { times: 6, lastAt: now() - 2 * HOUR },
  refused: [],
};
const [connected, , stopped] = consents;
const of = (consent: (typeof consents)[number] | undefined, more: object) => (world: World) => {
  if (consent !== undefined) world.consents = [{ ...consent, ...more }];
};

const app = { app: "My Immunizations", titles: ["Immunization history"], consent: "con_1" };
const place = "Provincial Immunization Registry";
const entries: readonly ActivityEntry[] = [
  { at: now() - HOUR, what: "refused", ...app, place, times: 1 },
  { at: now() - 2 * HOUR, what: "withdrawn", ...app },
  { at: now() - 3 * HOUR, what: "used", ...app, place, times: 13 },
  { at: now() - 3 * HOUR, what: "collected", ...app, place, times: 6 },
  { at: now() - 30 * HOUR, what: "not_me", app: "Prize Wheel", titles: ["Immunization history"], consent: "con_4" },
  { at: now() - 31 * HOUR, what: "asked", app: "Prize Wheel", titles: ["Immunization history"], consent: "con_4" },
  { at: now() - 32 * HOUR, what: "approved", ...app },
  { at: now() - 33 * HOUR, what: "source_connected", place },
  { at: now() - 34 * HOUR, what: "account_made" },
];
const NAMES = ["Firefox, Windows", "Grandma\u2019s old tablet in the kitchen"];
const ofAccount: readonly ActivityEntry[] = (
  Object.keys(activityKinds).filter((what) => activityKinds[what as ActivityWhat] === "account") as ActivityWhat[]
).flatMap((what, n) =>
  [...NAMES, ""].slice(n % 2).map((device, m): ActivityEntry => {
    const times = what === "signed_in" ? { times: m + 1 } : {};
    return { at: now() - (3 * n + m) * HOUR, what, ...(device !== "" && { device }), ...times };
  }),
);
const happened = (world: World) => {
  world.activity = { entries };
};
const much = (world: World) => {
  const many = Array.from({ length: 8 }, () => entries).flat();
  world.activity = { entries: many.map((entry, n) => ({ ...entry, at: now() - n * HOUR })), more: true };
};

const EXPORT = "#/settings/export";
const DELETE = "#/settings/delete";
const lived = (world: World) => {
  world.consents = [...consents];
  world.sources = [...sources];
};

export const historyStates: readonly State[] = [
  {
    name: "consent-forget",
    at: "#/consents/at/con_4",
    world: lived,
    does: press("Remove from my history"),
    reads: "Remove this entry from your history",
  },
  { name: "export", at: EXPORT, world: lived, reads: "Whoever has this file" },
  { name: "exported", at: EXPORT, world: lived, does: press("Save as a page to read"), reads: "Saved. Look where" },
  {
    name: "export-failed",
    at: EXPORT,
    world: (world) => {
      world.refuse["GET /wallet/export"] = 503;
    },
    does: press("Save for a program"),
    reads: "That did not work. Please try again",
  },
  { name: "delete", at: DELETE, world: lived, reads: "There is no way back" },
  { name: "delete-nothing", at: DELETE, reads: "No app can see anything about you now" },
  { name: "delete-sure", at: DELETE, world: lived, does: press("Delete my wallet"), reads: "This cannot be undone" },
  {
    name: "delete-failed",
    at: DELETE,
    world: (world) => {
      lived(world);
      world.refuse["POST /wallet/me/erase"] = 503;
    },
    does: async (page) => {
      await authenticator(page, true, "localhost");
      await press("Delete my wallet")(page);
      await press("Yes, delete everything")(page);
    },
    reads: "Nothing was deleted",
  },
  {
    name: "deleted",
    at: DELETE,
    world: lived,
    does: async (page) => {
      await authenticator(page, true, "localhost");
      await press("Delete my wallet")(page);
      await press("Yes, delete everything")(page);
    },
    reads: "Your wallet is being deleted",
  },
  { name: "activity", at: "#/activity", world: happened, reads: "You made your wallet" },
  {
    name: "activity-account",
    at: "#/activity",
    world: (world) => {
      world.activity = { entries: [...ofAccount, { at: now() - 300 * HOUR, what: "reminded", ...app }] };
    },
    reads: "Somebody asked to get back into your wallet",
  },
  { name: "activity-none", at: "#/activity", reads: "What your data says is never here" },
  { name: "activity-much", at: "#/activity", world: much, reads: "Your export has all of it" },
  {
    name: "activity-one-app",
    at: "#/activity",
    world: happened,
    does: async (page) => {
      await page.locator("select").first().selectOption("Prize Wheel");
      await page.locator("select").last().selectOption("requests");
    },
    reads: "Keep a copy",
  },
  {
    name: "consent-used",
    at: "#/consents/at/con_1",
    world: of(connected, { uses }),
    reads: "Each time a place that holds your data asks us whether",
  },
  {
    name: "consent-never-used",
    at: "#/consents/at/con_1",
    world: of(connected, { uses: { times: 0, sources: [], refused: [] } }),
    reads: "Not used yet.",
  },
  {
    name: "consent-tried-after",
    at: "#/consents/at/con_3",
    world: of(stopped, {
      uses: {
        ...uses,
        refused: [
          { name: "Provincial Immunization Registry", times: 1, lastAt: now() - HOUR },
          { name: "Summer Camp Sign-up", app: true, times: 2, lastAt: now() - HOUR },
        ],
      },
    }),
    reads: "They got nothing",
  },
  {
    name: "consents-used",
    at: "#/consents",
    world: of(connected, { lastUsedAt: now() - 2 * HOUR }),
    reads: "Last used on",
  },
];
