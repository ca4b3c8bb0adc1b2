import type { ErrorCode } from "../../protocol/oauth-errors.ts";
import type { ClosedRequest } from "../../protocol/wallet-closed.ts";
import type { Consent } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import { askOf } from "../proposal.ts";
import { stateNow } from "./consents.ts";

type End = Extract<ErrorCode, "late" | "used" | "missed" | "released">;
type Answer = ClosedRequest["answer"];

/** UX-18: why a request waits no more; whoever was asked may know, and each has a screen of its own. What is not here was an answer of theirs. */
const ends: Partial<Record<Answer, End>> = {
  unanswered: "late",
  wrong_number: "missed",
};

/** The refusal of an answer to a request that waits for none; it tells the person whose it is what became of it. */
export async function closed(
  as: Pick<Exchange, "registry" | "nowMs">,
  id: string,
  consent: Consent,
): Promise<OAuthError> {
  const { answer, at, change } = becameOf(consent);
  const { state, endedBy, endedAt } = stateNow(consent, now(as));
  const code = ends[answer] ?? (answer === "ended" && endedBy === "released" ? "released" : "used");
  const reason = `the request waits no more: ${consent.state}`;
  if (consent.forgottenAt !== undefined) return new OAuthError(code, reason);
  const client = await as.registry.client(consent.clientId);
  const told: ClosedRequest = {
    client: client?.client_name ?? "",
    ...(change && { change }),
    answer,
    at,
    ...(state === "ended" && endedBy && endedAt !== undefined && { since: { by: endedBy, at: endedAt } }),
    consent: id,
  };
  return new OAuthError(code, reason, { members: { closed: told } });
}

function becameOf(consent: Consent): Pick<ClosedRequest, "answer" | "at" | "change"> {
  const { state, proposal, changes = [], endedBy = "", endedAt = 0, decidedAt = 0 } = consent;
  // What stands there still was not taken away by anybody: only the clock is past it.
  if (proposal !== undefined || state === "requested")
    return { answer: "unanswered", at: askOf(consent).expiresAt, ...(proposal && { change: true }) };
  if (state === "declined") return { answer: answers[endedBy] ?? "declined", at: endedAt };
  // One that made room for the next was not answered by anybody.
  const change = changes.find(({ answer }) => answer !== "superseded");
  if (change === undefined) return { answer: "approved", at: decidedAt };
  return { answer: answers[change.answer] ?? "approved", at: change.at, change: true };
}

const answers: Readonly<Record<string, Answer>> = {
  declined: "declined",
  not_me: "not_me",
  unanswered: "unanswered",
  wrong_number: "wrong_number",
  ended: "ended",
};
