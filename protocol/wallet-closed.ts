import type { ConsentView } from "./wallet.ts";

/** `closed` in the body of a 410 of `/wallet/requests/{id}` and `/wallet/numbers/{id}`: what became of the request, for the one person it asked. Not told of what they removed from their history. */
export interface ClosedRequest {
  readonly client: string;
  /** It was about a change to what the person had allowed before. */
  readonly change?: true;
  /** `ended`: what it asked to change ended first. */
  readonly answer: "approved" | "declined" | "not_me" | "unanswered" | "wrong_number" | "ended";
  readonly at: number;
  /** How what was allowed has ended since. */
  readonly since?: { readonly by: NonNullable<ConsentView["endedBy"]>; readonly at: number };
  /** Its screen: `GET /wallet/consents/{id}`. */
  readonly consent: string;
}
