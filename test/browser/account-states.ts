import type { Page } from "playwright-core";
import { now } from "../wallet/seen-by-june.ts";
import { authenticator } from "./chromium.ts";
import { CODE, devices, opened, secondPasskey } from "./fake-account.ts";
import type { World } from "./fake-exchange.ts";
import { press, type State } from "./states.ts";

const PASSKEYS = "#/settings/passkeys";
const DEVICES = "#/settings/devices";
const three = (world: World) => {
  world.devices = [...devices];
};
const elsewhere = (world: World) => {
  world.sessions = [
    ...world.sessions,
    { id: "library", name: "Firefox, Windows", at: now() - 7_200 },
    { id: "nameless", at: now() - 36_000 },
  ];
};
const endOne = (page: Page) => page.locator("li", { hasText: "Firefox, Windows" }).locator("button").click();
const two = (world: World) => {
  world.passkeys = [...world.passkeys, secondPasskey];
};
const withPasskey = (page: Page, verified = true) => authenticator(page, verified, "localhost");

const DAY = 86_400;
const RECOVERY = "#/settings/recovery";
const coded = (world: World) => {
  world.me = { name: "June", recovery: { codeMadeAt: now() - 90 * DAY } };
};
const alarmed = (opensIn: number) => (world: World) => {
  const opensAt = now() + opensIn;
  const asked = { at: opensAt - 3 * DAY, opensAt, endsAt: opensAt + 7 * DAY };
  world.me = { name: "June", recovery: { codeMadeAt: now() - 90 * DAY, asked } };
};
const lost = (world: World) => {
  world.me = undefined;
};
const typed = (code: string) => async (page: Page) => {
  await page.getByRole("textbox", { name: "Recovery code" }).fill(code);
  await press("Go on")(page);
};
const untilOpen = async (page: Page, world: World) => {
  await typed(CODE)(page);
  await page.getByText("You can make a new passkey from").waitFor();
  world.recovery = opened;
  await page.reload();
  await page.getByText("Your old passkeys are listed then").waitFor();
};

/** How a person signs in, what rings for them, and the way back in. */
export const accountStates: readonly State[] = [
  { name: "passkeys-one", at: PASSKEYS, reads: "This is your only passkey" },
  { name: "passkeys", at: PASSKEYS, world: two, reads: "Kept on several devices" },
  { name: "passkeys-rename", at: PASSKEYS, world: two, does: press("Rename Passkey"), reads: "New name" },
  {
    name: "passkeys-renamed",
    at: PASSKEYS,
    world: two,
    does: async (page) => {
      await press("Rename Passkey")(page);
      await page.getByRole("textbox", { name: "New name" }).fill("Grandma\u2019s old tablet in the kitchen");
      await press("Save")(page);
    },
    reads: "old tablet in the kitchen",
  },
  { name: "passkeys-remove", at: PASSKEYS, world: two, does: press("Remove Chrome, Mac"), reads: "Yes, remove it" },
  {
    name: "passkeys-removed",
    at: PASSKEYS,
    world: two,
    does: async (page) => {
      await withPasskey(page);
      await press("Remove Passkey")(page);
      await press("Yes, remove it")(page);
    },
    reads: "This is your only passkey",
  },
  {
    name: "passkeys-not-removed",
    at: PASSKEYS,
    world: two,
    does: async (page) => {
      await withPasskey(page, false);
      await press("Remove Passkey")(page);
      await press("Yes, remove it")(page);
    },
    reads: "Nothing was removed",
  },
  {
    name: "passkeys-confirmed",
    at: PASSKEYS,
    does: async (page) => {
      await withPasskey(page);
      await press("Confirm with a passkey")(page);
    },
    reads: "Now make the new one",
  },
  {
    name: "passkeys-added",
    at: PASSKEYS,
    does: async (page) => {
      await withPasskey(page);
      await press("Confirm with a passkey")(page);
      await press("Make the new passkey")(page);
    },
    reads: "You can sign in with it from now on",
  },
  {
    name: "passkeys-not-confirmed",
    at: PASSKEYS,
    does: async (page) => {
      await withPasskey(page, false);
      await press("Confirm with a passkey")(page);
    },
    reads: "The passkey was not used",
  },
  { name: "sessions", at: DEVICES, world: elsewhere, reads: "You do not know one of them" },
  {
    name: "sessions-one-ended",
    at: DEVICES,
    world: elsewhere,
    does: endOne,
    reads: "Signed out: Firefox, Windows",
  },
  {
    name: "sessions-not-ended",
    at: DEVICES,
    world: (world) => {
      elsewhere(world);
      world.refuse["DELETE /wallet/sessions/library"] = 503;
    },
    does: endOne,
    reads: "No session was signed out",
  },
  {
    name: "sessions-unknown",
    at: DEVICES,
    world: (world) => {
      world.refuse["GET /wallet/sessions"] = 503;
    },
    reads: "could not be listed",
  },
  {
    name: "signed-out-elsewhere",
    at: DEVICES,
    world: elsewhere,
    does: press("Sign out everywhere else"),
    reads: "You are signed in only here",
  },
  { name: "devices-none", at: DEVICES, reads: "No device rings for you yet" },
  { name: "devices", at: DEVICES, world: three, reads: "Last rang" },
  {
    name: "devices-remove",
    at: DEVICES,
    world: three,
    does: press("Remove Pixel 9"),
    reads: "It comes back only",
  },
  {
    name: "devices-remove-here",
    at: DEVICES,
    world: three,
    does: press("Remove Firefox, Windows"),
    reads: "You stay signed in here",
  },
  { name: "recovery-none", at: RECOVERY, reads: "You have no recovery code yet" },
  { name: "recovery-made", at: RECOVERY, world: coded, reads: "It cannot be shown again" },
  {
    name: "recovery-paper",
    at: RECOVERY,
    does: async (page) => {
      await withPasskey(page);
      await press("Make a recovery code")(page);
    },
    reads: "Print it, or write it down",
  },
  {
    name: "recovery-kept",
    at: RECOVERY,
    does: async (page) => {
      await withPasskey(page);
      await press("Make a recovery code")(page);
      await press("I have it on paper")(page);
    },
    reads: "It cannot be shown again",
  },
  {
    name: "recovery-not-made",
    at: RECOVERY,
    does: async (page) => {
      await withPasskey(page, false);
      await press("Make a recovery code")(page);
    },
    reads: "No code was made",
  },
  { name: "home-not-now", does: press("Not now"), reads: "You have no sources yet" },
  { name: "recovery-alarm", world: alarmed(3 * DAY), reads: "Somebody asks to get back into your wallet" },
  {
    name: "recovery-alarm-open",
    at: "#/settings",
    world: alarmed(-60),
    reads: "They can make a passkey of their own now",
  },
  {
    name: "recovery-stopped",
    world: alarmed(3 * DAY),
    does: press("This is not me: stop it"),
    reads: "Your recovery code does not work any more",
  },
  {
    name: "recovery-not-stopped",
    world: (world) => {
      alarmed(3 * DAY)(world);
      world.refuse["POST /wallet/me/recovery/stop"] = 503;
    },
    does: press("This is not me: stop it"),
    reads: "it goes on",
  },
  { name: "recover", at: "#/recover", world: lost, reads: "type the recovery code you printed" },
  {
    name: "recover-wrong",
    at: "#/recover",
    world: (world) => {
      lost(world);
      world.refuse["POST /wallet/recovery"] = 422;
    },
    does: typed("7KQF"),
    reads: "This is not a code that works",
  },
  {
    name: "recover-too-many",
    at: "#/recover",
    world: (world) => {
      lost(world);
      world.refuse["POST /wallet/recovery"] = [429, "too_many_requests"];
    },
    does: typed(CODE),
    reads: "Too many tries",
  },
  { name: "recover-waits", at: "#/recover", world: lost, does: typed(CODE), reads: "You can make a new passkey from" },
  {
    name: "recover-welcome",
    at: "#/recover",
    world: lost,
    does: async (page) => {
      await typed(CODE)(page);
      await page.getByText("You can make a new passkey from").waitFor();
      await page.getByRole("link", { name: "Back to sign-in" }).click();
    },
    reads: "You asked to get back into your wallet",
  },
  {
    name: "recover-over",
    at: "#/recover",
    world: lost,
    does: async (page, world) => {
      await typed(CODE)(page);
      await page.getByText("You can make a new passkey from").waitFor();
      world.recovery = undefined;
      await page.reload();
    },
    reads: "This has ended",
  },
  { name: "recover-open", at: "#/recover", world: lost, does: untilOpen, reads: "Your old passkeys are listed then" },
  {
    name: "recover-cancelled",
    at: "#/recover",
    world: lost,
    does: async (page, world) => {
      await untilOpen(page, world);
      await withPasskey(page, false);
      await press("Make a new passkey")(page);
    },
    reads: "The passkey was not used",
  },
  {
    name: "recover-done",
    at: "#/recover",
    world: lost,
    does: async (page, world) => {
      await untilOpen(page, world);
      await withPasskey(page);
      await press("Make a new passkey")(page);
    },
    reads: "In use here",
  },
];
