import type { Page } from "playwright-core";
import { consents, notice, now, screenOf } from "../wallet/seen-by-june.ts";
import { authenticator } from "./chromium.ts";
import type { World } from "./fake-exchange.ts";
import type { State } from "./states.ts";

/** Apps that cannot ask now, wherever a person would wait for them in vain. */
const until = () => now() + 80_000;
const app = { id: "client_1", client: "My Immunizations" };
const muted = (world: World) => {
  world.muted = [
    { ...app, until: until(), because: "not_me" },
    { id: "client_2", client: "Money Coach", until: until(), because: "declines" },
  ];
};
const refused = (world: World) => {
  world.consents = consents.map((consent) =>
    consent.id === "con_4"
      ? { ...consent, muted: { ...app, client: consent.client, until: until(), because: "not_me" } }
      : consent,
  );
};

const lift = (page: Page) => page.getByRole("button", { name: "Let it ask again" }).first().click();

export const mutedStates: readonly State[] = [
  {
    name: "connect-muted",
    at: "#/connect",
    world: muted,
    reads: "because you said that you did not start its request",
  },
  {
    name: "connect-unmuted",
    at: "#/connect",
    world: muted,
    does: lift,
    reads: "may ask you again",
  },
  {
    name: "connect-unmute-failed",
    at: "#/connect",
    world: (world) => {
      muted(world);
      world.refuse["DELETE /wallet/muted/client_1"] = 503;
    },
    does: lift,
    reads: "it is still muted",
  },
  { name: "consent-muted", at: "#/consents/at/con_4", world: refused, reads: "Let it ask again" },
  {
    name: "link-muted",
    at: "#/asks/ask_r1x/here",
    world: (world) => {
      muted(world);
      world.refuse["POST /wallet/asks/ask_r1x"] = [410, "muted"];
    },
    reads: "You muted this app",
  },
  {
    name: "request-kept-across-sign-in",
    at: "#/requests/con_r1-waiting",
    world: async (world) => {
      world.requests = [await screenOf(notice)];
    },
    does: async (page, world) => {
      await page.getByRole("button", { name: /^Approve/ }).waitFor();
      await page.locator(".source label").nth(1).click();
      world.me = undefined;
      await authenticator(page, true, "localhost");
      await page.getByRole("button", { name: /^Approve/ }).click();
      await page.getByRole("button", { name: "Sign in with a passkey" }).click();
      await page.getByText("Asked first").waitFor();
    },
    reads: "What you chose before is still here",
  },
  {
    name: "request-not-me-still-sees",
    at: "#/requests/con_r1-waiting",
    world: async (world) => {
      world.requests = [await screenOf(notice)];
      world.consents = [...consents];
    },
    does: (page) => page.getByRole("button", { name: "I did not start this" }).click(),
    reads: "this before, and it stays",
  },
];
