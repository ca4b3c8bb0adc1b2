import { canonicalJson, sha256 } from "../../protocol/canonical-json.ts";
import type { Onward, RequestScreen, WaitingRequest } from "../../protocol/wallet.ts";
import type { Consent } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, newHandle } from "../handles.ts";
import { pictured } from "../logo.ts";
import { MISSES } from "../number-match.ts";
import { OAuthError } from "../oauth-error.ts";
import { askOf, isWaiting, turnedDown } from "../proposal.ts";
import { openedPush } from "../push.ts";
import type { Stored } from "../store.ts";
import { isSignIn } from "../terms.ts";
import { onward } from "./asks.ts";
import { closed } from "./closed.ts";
import type { Language } from "./language.ts";
import { noticeOf } from "./notice.ts";
import type { SignedIn } from "./session.ts";
import { everyHolding } from "./sources.ts";
import { titlesOf } from "./titles.ts";

/** `GET /wallet/requests`: those a screen can be shown for. */
export async function listRequests(
  as: Exchange,
  { personId }: SignedIn,
  language: Language,
): Promise<{ requests: readonly WaitingRequest[] }> {
  const ids = await as.records.find.ofPerson(personId, "consent");
  const waiting = await Promise.all(
    ids.map(async (id) => {
      const consent = (await as.records.consents.find(id))?.value;
      return consent !== undefined && consent.personId === personId && isWaiting(consent, now(as))
        ? waitingRequest(as, id, consent, language)
        : [];
    }),
  );
  return { requests: waiting.flat() };
}

/** `GET /wallet/requests/{id}`. */
export async function showRequest(
  as: Exchange,
  person: SignedIn,
  id: string,
  language: Language,
): Promise<RequestScreen> {
  const { consentId, stored } = await waitingConsent(as, person, id);
  const { createdAt, expiresAt, numberMatch } = askOf(stored.value);
  const notice = await noticeOf(as, stored.value, await everyHolding(as, person.personId), language);
  return {
    id: consentId,
    revision: stored.revision,
    nonce: (await newHandle(as, handleKind.screenNonce, consentId, now(as))).handle,
    createdAt,
    expiresAt,
    ...(numberMatch !== undefined && { missesLeft: MISSES - numberMatch.misses }),
    notice,
    noticeHash: await sha256(canonicalJson(notice)),
  };
}

/** `POST /wallet/requests/{id}/decline`. "I did not start this" is told to nobody; the block follows from the record's stream. */
export async function declineRequest(
  as: Exchange,
  person: SignedIn,
  id: string,
  notMe: boolean,
): Promise<Onward | undefined> {
  const { consentId, stored } = await waitingConsent(as, person, id);
  const next = turnedDown(stored.value, notMe ? "not_me" : "declined", now(as));
  if ((await as.records.consents.replace(consentId, stored, next)) === "conflict")
    throw new OAuthError("conflict", "answered concurrently");
  return notMe ? undefined : onward(as, askOf(stored.value));
}

/** The person's own request that waits for an answer: somebody else's does not exist (N-71), an answered or late one is gone. */
export async function waitingConsent(
  as: Exchange,
  { personId }: SignedIn,
  id: string,
): Promise<{ consentId: string; stored: Stored<Consent> }> {
  const push = await openedPush(as, id);
  const consentId = push?.opens === "request" ? push.id : id;
  const stored = await as.records.consents.find(consentId);
  if (stored === undefined || stored.value.personId !== personId)
    throw new OAuthError("not_found", "no such request of this person");
  if (!isWaiting(stored.value, now(as))) throw await closed(as, consentId, stored.value);
  return { consentId, stored };
}

/** None while the Client is suspended. */
async function waitingRequest(
  as: Exchange,
  id: string,
  consent: Consent,
  language: Language,
): Promise<readonly WaitingRequest[]> {
  const { terms, createdAt, expiresAt } = askOf(consent);
  const [client, titles] = await Promise.all([
    as.registry.client(consent.clientId),
    titlesOf(as, terms.details, language),
  ]);
  if (client?.status !== "active") return [];
  const signIn = isSignIn(terms) ? { signIn: true as const } : {};
  return [{ id, client: client.client_name, ...pictured(client), ...signIn, titles, createdAt, expiresAt }];
}
