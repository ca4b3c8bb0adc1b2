import { type Exchange, now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import { rewritten } from "../rewritten.ts";
import { isOver, ofPerson } from "./consents.ts";
import type { SignedIn } from "./session.ts";

/** `POST /wallet/consents/{id}/forget` (UX-20): out of the person's own view for good, with its uses. What proves it, and what its Client is answered, stays until the person is erased. */
export async function forgetConsent(as: Exchange, person: SignedIn, id: string): Promise<void> {
  await rewritten(as.records.consents, id, (current) => {
    const consent = ofPerson(current, person);
    if (!isOver(consent)) throw new OAuthError("conflict", `the consent is ${consent.state}`);
    return { ...consent, forgottenAt: now(as) };
  });
  await as.records.uses.forget(id);
}
