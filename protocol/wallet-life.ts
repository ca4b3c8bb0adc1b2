import * as v from "valibot";
import type { ConsentView } from "./wallet.ts";
import type { MutedApp } from "./wallet-asks.ts";

/** What a person does with a consent after they gave it. */

/** The part of a `ConsentView` that tells how its life goes on. */
export interface ConsentLife {
  /** While it is paused: since when. */
  readonly pausedAt?: number;
  /** Nearer ends to offer, nearest first, at most three; none where nothing is shared any more. */
  readonly nearer?: readonly NearerEnd[];
  /** UX-17: it wants to be thought of, since then: whether it is still fine, or because it ends within two weeks. */
  readonly reminder?: { readonly at: number; readonly about: "still" | "end" };
  /** Of one consent alone: newest first, at most 16. */
  readonly history?: readonly ConsentMoment[];
  /** Of one consent alone: its app cannot ask now. */
  readonly muted?: MutedApp;
  /** Of one consent alone: where to ask the app to delete what it holds. */
  readonly contact?: AppContact;
}

/** One thing that happened to a consent. */
export interface ConsentMoment {
  readonly at: number;
  readonly what:
    | NonNullable<ConsentView["endedBy"]>
    | "asked"
    | "approved"
    | "fetched"
    | "paused"
    | "resumed"
    | "shortened"
    | "reminded"
    | "kept"
    | "change_asked"
    | "changed"
    | "change_refused"
    | "change_over"
    | "given_back"
    | "cut_off";
}

/** Of a request: a kind the same app sees already by another permission, which a yes leaves as it is. */
export interface AlreadyShared {
  readonly title: string;
  readonly decidedAt: number;
  readonly endsAt: number;
  readonly paused?: true;
}

/** As the app registered them: all public, none proved. */
export interface AppContact {
  readonly uri?: string;
  readonly policyUri?: string;
  readonly email?: string;
}

export interface NearerEnd {
  /** ISO 8601, from now. */
  readonly duration: string;
  readonly endsAt: number;
}

/** `POST /wallet/consents/{id}/shorten` → `ConsentView`. 422 for an end that is no nearer, or within the 300 seconds a token lives: then stop it. */
export const ShortenRequest = v.strictObject({ endsAt: v.pipe(v.number(), v.integer()) });

/** The query of `GET /wallet/consents`: those that stand, or those that are over or were refused, or without `of` all; `after` is the `next` of the page before. */
export const ConsentsQuery = v.object({
  of: v.optional(v.picklist(["now", "before"])),
  after: v.optional(v.pipe(v.string(), v.maxLength(200))),
});

/** 50 at most, newest first; `next` where there are more. A page may have fewer, for what waits for an answer is no part of it. */
export interface ConsentPage {
  readonly consents: readonly ConsentView[];
  readonly next?: string;
}
