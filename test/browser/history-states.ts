import { consents, now } from "../wallet/seen-by-june.ts";
import type { World } from "./fake-exchange.ts";
import type { State } from "./states.ts";

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

export const historyStates: readonly State[] = [
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
    reads: "Not used yet",
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
