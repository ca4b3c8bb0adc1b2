import { consents, sources } from "../wallet/seen-by-june.ts";
import { devices, secondPasskey } from "./fake-account.ts";
import type { World } from "./fake-exchange.ts";
import { press, type State } from "./states.ts";

/** The longest name there is, without a place to break it. */
const LONG = "Grossmutterstelefonapparatausderkuechenebendemwohnzimmerlinks".slice(0, 60);

const long = (world: World) => {
  world.me = { name: LONG };
  world.devices = devices.map((device) => ({ ...device, name: `${LONG.slice(0, -1)}${device.id[0]}` }));
  world.passkeys = [...world.passkeys, { ...secondPasskey, name: LONG }];
  world.sources = sources.map((source) => ({ ...source, name: LONG }));
  world.consents = consents.map((consent) => ({ ...consent, client: LONG }));
};

/** WCAG 1.4.10: one long word makes no screen wider, and no confirmation. */
export const longNameStates: readonly State[] = [
  { name: "long-name-home", world: long, reads: LONG },
  { name: "long-name-consents", at: "#/consents", world: long, reads: LONG },
  { name: "long-name-stop", at: "#/consents/at/con_1", world: long, does: press("Stop sharing"), reads: "stop now" },
  { name: "long-name-source", at: "#/sources/at/lnk_1", world: long, does: press("Disconnect"), reads: "Keep it" },
  {
    name: "long-name-device",
    at: "#/settings/devices",
    world: long,
    does: press(`Remove ${LONG.slice(0, -1)}p`),
    reads: "It comes back only",
  },
  {
    name: "long-name-passkey",
    at: "#/settings/passkeys",
    world: long,
    does: press(`Remove ${LONG}`),
    reads: "Yes, remove it",
  },
  {
    name: "long-name-full",
    at: "#/settings/passkeys",
    world: long,
    does: press(`Rename ${LONG}`),
    reads: "60 signs: that is as long as a name may be.",
  },
  {
    name: "long-name-over",
    at: "#/settings/passkeys",
    world: long,
    does: async (page) => {
      await press(`Rename ${LONG}`)(page);
      await page.getByRole("textbox", { name: "New name" }).fill(`${LONG}😀`);
      await press("Save")(page);
    },
    reads: "This name is too long",
  },
];
