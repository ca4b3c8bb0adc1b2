import type { Page } from "playwright-core";
import { authenticator } from "./chromium.ts";
import { devices, secondPasskey } from "./fake-account.ts";
import type { World } from "./fake-exchange.ts";
import { press, type State } from "./states.ts";

const PASSKEYS = "#/settings/passkeys";
const DEVICES = "#/settings/devices";
const three = (world: World) => {
  world.devices = [...devices];
};
const two = (world: World) => {
  world.passkeys = [...world.passkeys, secondPasskey];
};
const withPasskey = (page: Page, verified = true) => authenticator(page, verified, "localhost");

/** How a person signs in. */
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
  {
    name: "signed-out-elsewhere",
    at: DEVICES,
    does: press("Sign out everywhere else"),
    reads: "You are signed in only here",
  },
  { name: "devices-none", at: DEVICES, reads: "No device rings for you yet" },
  { name: "devices", at: DEVICES, world: three, reads: "Last rang" },
  {
    name: "devices-remove",
    at: DEVICES,
    world: three,
    does: press("Remove Navigator, Android"),
    reads: "It comes back only",
  },
  {
    name: "devices-remove-here",
    at: DEVICES,
    world: three,
    does: press("Remove Firefox, Windows"),
    reads: "You stay signed in here",
  },
];
