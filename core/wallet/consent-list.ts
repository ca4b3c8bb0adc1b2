import type { ConsentView } from "../../protocol/wallet.ts";
import { type ConsentPage, ConsentsQuery } from "../../protocol/wallet-life.ts";
import type { Consent } from "../consent.ts";
import { STANDING } from "../consent-kind.ts";
import { type Exchange, now } from "../exchange.ts";
import { isWaiting } from "../proposal.ts";
import { parsedQuery } from "./body.ts";
import { consentView } from "./consents.ts";
import type { Language } from "./language.ts";
import type { SignedIn } from "./session.ts";
import { lastUsedAt } from "./uses.ts";
import type { WalletRequest } from "./wallet.ts";

/** What stands, and what is over or was never allowed, as the index calls them; what waits for an answer is under `/wallet/requests` until its time is over. */
const states = {
  now: STANDING,
  before: ["ended", "declined", "requested"],
} as const;

/** `GET /wallet/consents`, newest first and 50 at a time. */
export async function listConsents(
  as: Exchange,
  { personId }: SignedIn,
  request: Pick<WalletRequest, "language" | "query">,
): Promise<ConsentPage> {
  const { of, after } = parsedQuery(ConsentsQuery, request);
  const wanted = { states: of === undefined ? Object.values(states).flat() : states[of], after };
  const { ids, next } = await as.records.find.pageOfPerson(personId, "consent", wanted);
  const found = await Promise.all(
    ids.map(async (id) => ({ id, consent: (await as.records.consents.find(id))?.value })),
  );
  const views = found.map(({ id, consent }) =>
    consent === undefined ||
    consent.personId !== personId ||
    (consent.state === "requested" && isWaiting(consent, now(as)))
      ? []
      : [withLastUse(as, id, consent, request.language)],
  );
  return { consents: await Promise.all(views.flat()), ...(next !== undefined && { next }) };
}

/** In a list the last use is enough. */
async function withLastUse(as: Exchange, id: string, consent: Consent, language: Language): Promise<ConsentView> {
  const view = consentView(as, id, consent, language);
  const lastUse = consent.collectedAt === undefined ? undefined : await lastUsedAt(as, id);
  return lastUse === undefined ? view : { ...(await view), lastUsedAt: lastUse };
}
