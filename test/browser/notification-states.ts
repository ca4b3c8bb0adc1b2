import { consents, notice, screenOf } from "../wallet/seen-by-june.ts";
import type { World } from "./fake-exchange.ts";
import type { State } from "./states.ts";

/** Where a tapped notification leads: the exchange says it (UX-50), and each way may end (UX-18). */
const known = async (world: World) => {
  world.requests = [await screenOf(notice)];
  world.consents = [...consents];
};
const refusing = (status: number) => (world: World) => {
  world.refuse["GET /wallet/notifications/note_r1-consent"] = status;
};
const CONSENT = "#/notifications/note_r1-consent";

export const notificationStates: readonly State[] = [
  { name: "notification-request", at: "#/notifications/note_r1-request", world: known, reads: "asks to see" },
  { name: "notification-consent", at: CONSENT, world: known, reads: "Stop sharing" },
  { name: "notification-account", at: "#/notifications/note_r1-account", world: known, reads: "Waiting for you" },
  { name: "notification-not-yours", at: "#/notifications/note_r1-others", reads: "Nothing to see here" },
  { name: "notification-busy", at: CONSENT, world: refusing(503), reads: "Try again" },
];
