import { consents } from "../wallet/seen-by-june.ts";
import type { World } from "./fake-exchange.ts";
import { press, type State } from "./states.ts";

/** The life of a consent: held back and gone on with. */
const ACTIVE = "#/consents/at/con_1";
const PAUSED = "#/consents/at/con_2";

const lived = (world: World) => {
  world.consents = [...consents];
};

export const lifeStates: readonly State[] = [
  { name: "consent-paused", at: PAUSED, world: lived, reads: "You paused it at" },
  { name: "consent-pause", at: ACTIVE, world: lived, does: press("Pause sharing"), reads: "Go on sharing" },
  { name: "consent-resume", at: PAUSED, world: lived, does: press("Go on sharing"), reads: "Pause sharing" },
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
