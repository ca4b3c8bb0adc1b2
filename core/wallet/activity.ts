import type { Activity, ActivityEntry, ActivityWhat } from "../../protocol/wallet-activity.ts";
import type { Consent } from "../consent.ts";
import type { Exchange } from "../exchange.ts";
import { isSignIn } from "../terms.ts";
import type { DayOfUse, UseKind } from "../uses.ts";
import { activityOfAccount } from "./account-activity.ts";
import type { Language } from "./language.ts";
import type { SignedIn } from "./session.ts";
import { titlesOf } from "./titles.ts";
import { named } from "./uses.ts";

type Reading = Pick<Exchange, "records" | "registry" | "nowMs">;

/** What a transition of a consent is called here; of a change, behind its action. Taking a token is counted with the uses. */
const transitions: Readonly<Record<string, ActivityWhat>> = {
  asked: "asked",
  approved: "approved",
  declined: "declined",
  not_me: "not_me",
  wrong_number: "wrong_number",
  unanswered: "unanswered",
  paused: "paused",
  resumed: "resumed",
  shortened: "shortened",
  kept: "kept",
  reminded: "reminded",
  "refresh token revoked": "access_returned",
  replayed: "access_revoked",
  withdrawn: "withdrawn",
  released: "released",
  expired: "expired",
  lapsed: "lapsed",
  "change proposed": "change_proposed",
  "change approved": "change_approved",
  "change declined": "change_declined",
  "change not_me": "change_not_me",
  "change wrong_number": "change_wrong_number",
  "change unanswered": "change_unanswered",
  "change superseded": "change_superseded",
};

const SHOWN = 1_000;

/** `GET /wallet/activity` (UX-16). */
export async function listActivity(as: Reading, person: SignedIn, language: Language): Promise<Activity> {
  const entries = await activityOf(as, person, language);
  return { entries: entries.slice(0, SHOWN), ...(entries.length > SHOWN && { more: true }) };
}

/** Everything the records still hold of what happened, newest first: built from them when it is asked for, so nothing can be told that did not happen. */
export async function activityOf(
  as: Reading,
  { personId }: SignedIn,
  language: Language,
): Promise<readonly ActivityEntry[]> {
  const [consents, links] = await Promise.all([
    as.records.find.everyOfPerson(personId, "consent"),
    as.records.find.everyOfPerson(personId, "link"),
  ]);
  const entries = await Promise.all([
    ...consents.map((id) => ofConsent(as, personId, id, language)),
    ...links.map((id) => ofLink(as, personId, id)),
    activityOfAccount(as, personId),
  ]);
  return entries.flat().sort((a, b) => b.at - a.at);
}

async function ofConsent(as: Reading, personId: string, id: string, language: Language): Promise<ActivityEntry[]> {
  const consent = (await as.records.consents.find(id))?.value;
  if (consent?.personId !== personId) return [];
  const [client, titles, days] = await Promise.all([
    as.registry.client(consent.clientId),
    titlesOf(as, isSignIn(consent.terms) ? [] : consent.terms.details, language),
    consent.collectedAt === undefined ? [] : as.records.uses.of(id),
  ]);
  const about = { app: client?.client_name ?? "", titles, consent: id };
  const uses = await Promise.all(days.map((day) => ofDay(as, day)));
  return [...happened(consent), ...uses.flat()].map((entry) => ({ ...about, ...entry }));
}

/** The newest sixteen transitions, and that it was asked, which the record says however many came after. */
function happened({ transitions: known, createdAt }: Consent): ActivityEntry[] {
  const entries = known.flatMap(({ at, what }) => {
    const name = transitions[what.replace(/^(merge|replace) /, "change ")];
    return name === undefined ? [] : [{ at, what: name }];
  });
  return known.some(({ what }) => what === "asked") ? entries : [...entries, { at: createdAt, what: "asked" }];
}

async function ofDay(as: Reading, { party, counted }: DayOfUse): Promise<ActivityEntry[]> {
  const { app, name } = await named(as, party);
  const place = app === undefined ? { place: name } : {};
  return (Object.keys(counted) as UseKind[]).flatMap((what) => {
    const of = counted[what];
    return of === undefined ? [] : [{ at: of.lastAt, what, times: of.times, ...place }];
  });
}

async function ofLink(as: Reading, personId: string, id: string): Promise<ActivityEntry[]> {
  const link = (await as.records.links.find(id))?.value;
  if (link?.personId !== personId) return [];
  const place = (await named(as, link.resourceServerId)).name;
  const { linkedAt, unlinkedAt } = link;
  return [
    { at: linkedAt, what: "source_connected", place },
    ...(unlinkedAt === undefined ? [] : [{ at: unlinkedAt, what: "source_disconnected", place } as const]),
  ];
}
