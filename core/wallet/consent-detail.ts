import type { ConsentView } from "../../protocol/wallet.ts";
import type { AppContact, ConsentMoment } from "../../protocol/wallet-life.ts";
import type { Consent } from "../consent.ts";
import type { Exchange } from "../exchange.ts";
import { consentView, ofPerson } from "./consents.ts";
import type { Language } from "./language.ts";
import { mutedApps } from "./muted.ts";
import type { SignedIn } from "./session.ts";
import { usesView } from "./uses.ts";

/** `GET /wallet/consents/{id}`. */
export async function showConsent(
  as: Exchange,
  person: SignedIn,
  id: string,
  language: Language,
): Promise<ConsentView> {
  return consentOnScreen(as, person, id, ofPerson((await as.records.consents.find(id))?.value, person), language);
}

/** With whether its app may ask again. */
export async function consentOnScreen(
  as: Exchange,
  person: SignedIn,
  id: string,
  consent: Consent,
  language: Language,
): Promise<ConsentView> {
  const muted = (await mutedApps(as, person)).find((app) => app.id === consent.clientId);
  return { ...(await consentDetail(as, id, consent, language)), ...(muted !== undefined && { muted }) };
}

/** UX-14, UX-15: a consent alone on its screen, with its uses, its history and where to ask its app for more. */
export async function consentDetail(
  as: Exchange,
  id: string,
  consent: Consent,
  language: Language,
): Promise<ConsentView> {
  const contact = await contactOf(as, consent);
  return {
    ...(await consentView(as, id, consent, language)),
    ...(consent.collectedAt !== undefined && { uses: await usesView(as, id) }),
    history: historyOf(consent),
    ...(Object.keys(contact).length > 0 && { contact }),
  };
}

/** As its Client registered them; of one that is suspended or gone, too: what it holds it still holds. */
async function contactOf(as: Pick<Exchange, "registry">, { clientId }: Consent): Promise<AppContact> {
  const { client_uri, policy_uri, contacts = [] } = (await as.registry.client(clientId)) ?? {};
  const email = contacts.find((contact) => EMAIL.test(contact));
  return {
    ...(client_uri !== undefined && { uri: client_uri }),
    ...(policy_uri !== undefined && { policyUri: policy_uri }),
    ...(email !== undefined && { email }),
  };
}

/** Plain enough to stand in a link. */
const EMAIL = /^[\w.+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

/** What a person is told of each transition; the rest is the exchange's own. */
const moments: Readonly<Record<string, ConsentMoment["what"]>> = {
  asked: "asked",
  approved: "approved",
  collected: "fetched",
  paused: "paused",
  resumed: "resumed",
  shortened: "shortened",
  reminded: "reminded",
  kept: "kept",
  "merge proposed": "change_asked",
  "replace proposed": "change_asked",
  "merge approved": "changed",
  "replace approved": "changed",
  "merge declined": "change_refused",
  "replace declined": "change_refused",
  "merge not_me": "change_refused",
  "replace not_me": "change_refused",
  "merge wrong_number": "change_refused",
  "replace wrong_number": "change_refused",
  "merge unanswered": "change_over",
  "replace unanswered": "change_over",
  "merge superseded": "change_over",
  "replace superseded": "change_over",
  "refresh token revoked": "given_back",
  replayed: "cut_off",
  withdrawn: "withdrawn",
  released: "released",
  expired: "expired",
  lapsed: "lapsed",
  declined: "declined",
  not_me: "not_me",
  unanswered: "unanswered",
  wrong_number: "wrong_number",
};

/** The newest 16 transitions, as far as there are words for them. */
function historyOf({ transitions }: Consent): readonly ConsentMoment[] {
  return transitions.flatMap(({ at, what }) => {
    const known = moments[what];
    return known === undefined ? [] : [{ at, what: known }];
  });
}
