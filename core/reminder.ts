import type { Consent } from "./consent.ts";
import { isSignIn } from "./terms.ts";
import { moved } from "./transitions.ts";

const DAY = 86_400;
/** UX-17: how often an ongoing consent comes to mind, and how long before its end. */
const EVERY = 90 * DAY;
const BEFORE_THE_END = [14 * DAY, DAY];

/** When a person last thought of a consent, and what is due since. */
export interface Reminder {
  /** The last reminder, or step of theirs; the next is counted from here. */
  readonly since: number;
  /** They were reminded then, and have not said anything yet. */
  readonly open?: true;
  /** Due already, and put off until their quiet hours are over. */
  readonly later?: number;
}

/** When the person is to be reminded next; a moment that passed before they last thought of it is none. */
export function remindAt({ state, proposal, terms, decidedAt = 0, endsAt = 0, reminder }: Consent): number | undefined {
  if ((state !== "active" && state !== "paused") || proposal !== undefined || isSignIn(terms)) return undefined;
  if (reminder?.later !== undefined) return reminder.later;
  const since = Math.max(decidedAt, reminder?.since ?? 0);
  const before = BEFORE_THE_END.map((ahead) => endsAt - ahead);
  const [first = endsAt] = before;
  const all = [...before, ...(since + EVERY < first ? [since + EVERY] : [])].filter((at) => at > since);
  return all.length === 0 ? undefined : Math.min(...all);
}

/** A card waits in the Wallet, and the devices ring. */
export function reminded(consent: Consent, at: number): Consent {
  return moved({ ...consent, reminder: { since: at, open: true } }, consent.state, at, "exchange", "reminded");
}

/** Quiet hours: the same, later. */
export function putOff({ reminder, decidedAt = 0, ...consent }: Consent, later: number): Consent {
  return { ...consent, decidedAt, reminder: { ...(reminder ?? { since: decidedAt }), later } };
}

/** The person wants none: the clock goes on to the next. */
export function passedOver(consent: Consent, at: number): Consent {
  return { ...consent, reminder: { since: at } };
}

/** Nobody looked at the last one, and something newer takes its place. */
export function madeWay(consent: Consent): Consent {
  if (consent.reminder === undefined) return consent;
  const { open: _, ...rest } = consent.reminder;
  return { ...consent, reminder: rest };
}

/** Whatever a person does with a consent, they thought of it. */
export function thoughtOf(consent: Consent, at: number): Consent {
  return { ...consent, reminder: { since: at } };
}

/** The person wants it as it is. */
export function kept(consent: Consent, at: number): Consent {
  return moved(thoughtOf(consent, at), consent.state, at, "person", "kept");
}

/** Whether a card waits for the person. */
export function isReminding({ state, proposal, reminder }: Consent): boolean {
  return (state === "active" || state === "paused") && proposal === undefined && reminder?.open === true;
}

/** A reminder within two weeks of the end is about the end. */
export function isAboutTheEnd({ endsAt = 0, reminder }: Consent): boolean {
  return reminder !== undefined && endsAt - reminder.since <= 14 * DAY;
}
