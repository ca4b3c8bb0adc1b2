import type { Consent } from "./consent.ts";
import { thoughtOf } from "./reminder.ts";
import { moved } from "./transitions.ts";

/**
 * The person holds it back. Access tokens of before are inactive for good, for what a source saw inactive must not come back to life; refresh tokens stand and wait.
 * What its Client proposes to change can be answered meanwhile.
 */
export function paused(consent: Consent, at: number): Consent {
  if (consent.state !== "active") throw new Error(`a ${consent.state} consent cannot be paused`);
  const next = { ...thoughtOf(consent, at), generation: consent.generation + 1, pausedAt: at };
  return moved(next, "paused", at, "person", "paused");
}

/** Everything is as it was approved, to the same end; the Client refreshes. */
export function resumed(consent: Consent, at: number): Consent {
  if (consent.state !== "paused") throw new Error(`a ${consent.state} consent cannot be resumed`);
  const { pausedAt: _, ...rest } = thoughtOf(consent, at);
  return moved(rest, "active", at, "person", "resumed");
}
