import type { ClosedRequest } from "../../protocol/wallet-closed.ts";
import { now } from "../wallet/seen-by-june.ts";
import type { State } from "./states.ts";

/** A request opened again after its end, from a notification, a link or another tab: what was answered, and the way to it (UX-18). */
const HOUR = 3_600;
const REQUEST = "con_r1-waiting";
type Closed = Omit<ClosedRequest, "client" | "at" | "consent">;

const became = (name: string, error: string, closed: Closed, reads: string, path = `requests/${REQUEST}`): State => ({
  name: `closed-${name}`,
  at: `#/${path}`,
  world: (world) => {
    const told = { client: "My Immunizations", at: now() - 2 * HOUR, consent: REQUEST, ...closed };
    world.refuse[`GET /wallet/${path}`] = [410, error, told];
  },
  reads,
});

export const closedStates: readonly State[] = [
  became("approved", "used", { answer: "approved" }, "You already said yes"),
  became(
    "withdrawn-since",
    "used",
    { answer: "approved", since: { by: "withdrawn", at: now() - HOUR } },
    "You stopped it at",
  ),
  became("lapsed-since", "used", { answer: "approved", since: { by: "lapsed", at: now() - HOUR } }, "never used it"),
  became("declined", "used", { answer: "declined" }, "You already said no"),
  became("not-me", "used", { answer: "not_me" }, "You did not start this"),
  became("unanswered", "late", { answer: "unanswered" }, "The time to answer"),
  became("wrong-number", "missed", { answer: "wrong_number" }, "Three wrong numbers"),
  became("change-approved", "used", { answer: "approved", change: true }, "You approved the change"),
  became(
    "change-released",
    "released",
    { answer: "ended", change: true, since: { by: "released", at: now() - HOUR } },
    "Nothing to answer any more",
  ),
  became("number-link", "used", { answer: "declined" }, "You already said no", "numbers/number_r1x"),
];
