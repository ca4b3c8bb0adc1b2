import type { NumberView } from "../../protocol/wallet-asks.ts";
import type { Consent } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, openHandle } from "../handles.ts";
import { MISSES } from "../number-match.ts";
import { OAuthError } from "../oauth-error.ts";
import { askOf, isWaiting, missed } from "../proposal.ts";
import type { Stored } from "../store.ts";
import { closed } from "./closed.ts";
import type { SignedIn } from "./session.ts";

/**
 * `GET /wallet/numbers/{id}`, UX-33: what the link beside a number opens, for the one person who is asked. For anybody else, and as long as nobody is, it does not
 * exist: a Client that opens its own link learns nothing of whom its hint named (N-54, N-71).
 */
export async function openNumber(as: Exchange, { personId }: SignedIn, link: string): Promise<NumberView> {
  const handle = await openHandle(as, handleKind.number, link);
  const request = handle && (await as.records.requests.find(handle.id))?.value;
  const consent = request && (await as.records.consents.find(request.consentId))?.value;
  if (request === undefined || consent?.personId !== personId)
    throw new OAuthError("not_found", "no such request of this person");
  const ask = askOf(consent);
  if (!isWaiting(consent, now(as))) throw await closed(as, request.consentId, consent);
  if (ask.requestId !== handle?.id || ask.numberMatch === undefined) throw new OAuthError("used", "asked anew since");
  return { id: request.consentId, number: ask.numberMatch.number };
}

/**
 * UX-32, N-79: the number typed is the one the Client shows. A wrong one is counted on the Consent, the third ends the request.
 * @throws OAuthError unprocessable with the tries left, missed after the last, conflict when the request changed meanwhile
 */
export async function rightNumber(
  as: Pick<Exchange, "records" | "nowMs">,
  consentId: string,
  stored: Stored<Consent>,
  typed: string | undefined,
): Promise<void> {
  const match = askOf(stored.value).numberMatch;
  if (typed === match?.number) return;
  if (match === undefined || typed === undefined)
    throw new OAuthError("unprocessable", match === undefined ? "a number where none is asked" : "no number");
  const next = missed(stored.value, match, now(as));
  if ((await as.records.consents.replace(consentId, stored, next)) === "conflict")
    throw new OAuthError("conflict", "answered concurrently");
  if (!isWaiting(next, now(as))) throw new OAuthError("missed", "the last wrong number");
  const left = MISSES - match.misses - 1;
  throw new OAuthError("unprocessable", "a wrong number", {
    description: `This is not the number. ${left === 1 ? "1 try is" : `${left} tries are`} left.`,
  });
}
