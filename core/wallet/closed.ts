import type { ErrorCode } from "../../protocol/oauth-errors.ts";
import type { Consent } from "../consent.ts";
import { lastAnswer } from "../declines.ts";
import { OAuthError } from "../oauth-error.ts";

type End = Extract<ErrorCode, "late" | "used" | "missed" | "released">;

/** UX-18: why a request waits no more; whoever was asked may know, and each has a screen of its own. What is not here was an answer of theirs. */
const ends: Readonly<Record<string, End>> = {
  "": "late",
  unanswered: "late",
  wrong_number: "missed",
};

/** The refusal of an answer to a request that waits for none. */
export function closed(consent: Consent): OAuthError {
  return new OAuthError(endOf(consent), `the request waits no more: ${consent.state}`);
}

function endOf(consent: Consent): End {
  const { answer } = lastAnswer(consent);
  // What stands there still was not taken away by anybody: only the clock is past it.
  if (consent.proposal !== undefined) return "late";
  if (answer === "ended") return consent.endedBy === "released" ? "released" : "used";
  return ends[answer] ?? "used";
}
