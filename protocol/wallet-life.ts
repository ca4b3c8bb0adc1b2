import * as v from "valibot";

/** What a person does with a consent after they gave it. */

/** The part of a `ConsentView` that tells how its life goes on. */
export interface ConsentLife {
  /** While it is paused: since when. */
  readonly pausedAt?: number;
  /** Nearer ends to offer, nearest first, at most three; none where nothing is shared any more. */
  readonly nearer?: readonly NearerEnd[];
}

export interface NearerEnd {
  /** ISO 8601, from now. */
  readonly duration: string;
  readonly endsAt: number;
}

/** `POST /wallet/consents/{id}/shorten` → `ConsentView`. 422 for an end that is no nearer, or within the 300 seconds a token lives: then stop it. */
export const ShortenRequest = v.strictObject({ endsAt: v.pipe(v.number(), v.integer()) });
