import { seconds } from "../protocol/duration.ts";
import type { NearerEnd } from "../protocol/wallet-life.ts";
import { ACCESS_TOKEN_LIFE } from "./access-token.ts";
import type { Consent } from "./consent.ts";
import { stands } from "./proposal.ts";
import { thoughtOf } from "./reminder.ts";
import { isSignIn } from "./terms.ts";
import { moved } from "./transitions.ts";

const OFFERED = ["P1D", "P7D", "P30D", "P90D", "P180D"];

/** Ends to offer instead of the one in force: the nearest, the farthest, and the one between (UX-05: at most three). */
export function nearerEnds(consent: Consent, time: number): readonly NearerEnd[] {
  const { endsAt = 0, terms } = consent;
  if (!stands(consent, time) || isSignIn(terms)) return [];
  const all = OFFERED.map((duration) => ({ duration, endsAt: time + (seconds(duration) ?? 0) }));
  const nearer = all.filter((end) => end.endsAt < endsAt);
  const places = new Set([0, Math.floor((nearer.length - 1) / 2), nearer.length - 1]);
  return nearer.filter((_, place) => places.has(place));
}

/** Whether an end is nearer than the one in force, and no token that is out now could outlive it. */
export function isNearer({ endsAt: inForce = 0 }: Consent, endsAt: number, time: number): boolean {
  return time + ACCESS_TOKEN_LIFE <= endsAt && endsAt < inForce;
}

/** The person lets it end sooner; it only takes away, so nothing is signed. Whatever is issued from now on ends by then. */
export function shortened(consent: Consent, endsAt: number, at: number): Consent {
  if (!isNearer(consent, endsAt, at)) throw new Error("a consent is shortened, never prolonged");
  return moved({ ...thoughtOf(consent, at), endsAt }, consent.state, at, "person", "shortened");
}
