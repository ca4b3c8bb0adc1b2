import { consents, notice, screenOf, sources } from "../wallet/seen-by-june.ts";
import type { World } from "./fake-exchange.ts";
import type { State } from "./states.ts";

const client = { ...notice.client, logo: "my-immunizations" };
/** The operator gave them pictures, but for some. */
const pictured = async (world: World) => {
  world.requests = [await screenOf({ ...notice, client })];
  world.sources = sources.map((source, n) => ({ ...source, ...(n === 0 && { logo: "registry" }) }));
  world.consents = consents.map((consent) => ({
    ...consent,
    ...(consent.client === client.name && { logo: client.logo }),
  }));
};

/** UX-01: a logo beside the name, and initials beside those without one. */
export const logoStates: readonly State[] = [
  { name: "logo-home", world: pictured, reads: "Your sources" },
  { name: "logo-request", at: "#/requests/con_r1-waiting", world: pictured, reads: client.name },
  { name: "logo-consents", at: "#/consents", world: pictured, reads: "Apps and what they see" },
  { name: "logo-source", at: "#/sources/at/lnk_1", world: pictured, reads: "What it holds of you" },
];
