import type { ConsentView } from "../../protocol/wallet.ts";
import { ShortenRequest } from "../../protocol/wallet-life.ts";
import type { Consent } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import { paused, resumed } from "../pause.ts";
import { stands } from "../proposal.ts";
import { isReminding, kept } from "../reminder.ts";
import { rewritten } from "../rewritten.ts";
import { isNearer, shortened } from "../shorten.ts";
import { isSignIn } from "../terms.ts";
import { ended } from "../transitions.ts";
import { parsedBody } from "./body.ts";
import { consentOnScreen } from "./consent-detail.ts";
import { isOver, ofPerson } from "./consents.ts";
import type { Language } from "./language.ts";
import type { SignedIn } from "./session.ts";
import type { WalletRequest } from "./wallet.ts";

/** What a person may do with a consent by their session alone: each takes something away, or gives back what their passkey signed before. */
type Step = (as: Exchange, person: SignedIn, id: string, language: Language) => Promise<ConsentView>;

/** `POST /wallet/consents/{id}/withdraw`: one write ends it; what has ended stays as it ended. */
export const withdrawConsent: Step = (as, person, id, language) =>
  step(as, person, id, language, (consent) => {
    if (consent.state === "requested") throw new OAuthError("conflict", "not answered yet");
    return isOver(consent) ? undefined : ended(consent, "withdrawn", now(as));
  });

/** `POST /wallet/consents/{id}/pause`: again is no harm. A sign-in is over in a moment, and not paused. */
export const pauseConsent: Step = (as, person, id, language) =>
  step(as, person, id, language, (consent) => {
    if (isSignIn(standing(as, consent).terms)) throw new OAuthError("conflict", "a sign-in");
    return consent.state === "paused" ? undefined : paused(consent, now(as));
  });

/** `POST /wallet/consents/{id}/resume`: again is no harm. */
export const resumeConsent: Step = (as, person, id, language) =>
  step(as, person, id, language, (consent) =>
    standing(as, consent).state === "active" ? undefined : resumed(consent, now(as)),
  );

/** `POST /wallet/consents/{id}/keep`: the answer to a reminder; without one there is nothing to write. */
export const keepConsent: Step = (as, person, id, language) =>
  step(as, person, id, language, (consent) =>
    isReminding(standing(as, consent)) ? kept(consent, now(as)) : undefined,
  );

/** `POST /wallet/consents/{id}/shorten`: the end that is in force already stays. */
export const shortenConsent = (as: Exchange, person: SignedIn, { body, language }: WalletRequest, id: string) => {
  const { endsAt } = parsedBody(ShortenRequest, { body });
  return step(as, person, id, language, (consent) => {
    if (isSignIn(standing(as, consent).terms)) throw new OAuthError("conflict", "a sign-in");
    if (consent.endsAt === endsAt) return undefined;
    if (!isNearer(consent, endsAt, now(as))) throw new OAuthError("unprocessable", "no nearer end, or a moment ahead");
    return shortened(consent, endsAt, now(as));
  });
};

/** Whatever else changes meanwhile, a person's step gets through, and says what stands then. */
async function step(
  as: Exchange,
  person: SignedIn,
  id: string,
  language: Language,
  next: (consent: Consent) => Consent | undefined,
): Promise<ConsentView> {
  const consent = await rewritten(as.records.consents, id, (current) => next(ofPerson(current, person)));
  return consentOnScreen(as, person, id, ofPerson(consent, person), language);
}

function standing(as: Exchange, consent: Consent): Consent {
  if (!stands(consent, now(as))) throw new OAuthError("conflict", `the consent is ${consent.state} or past its end`);
  return consent;
}
