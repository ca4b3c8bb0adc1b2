import type { ConsentView } from "../../protocol/wallet.ts";
import type { Consent, ConsentSource } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { pictured } from "../logo.ts";
import { sameKind } from "../merge.ts";
import { OAuthError } from "../oauth-error.ts";
import { stands } from "../proposal.ts";
import { isAboutTheEnd, isReminding } from "../reminder.ts";
import { nearerEnds } from "../shorten.ts";
import { isSignIn, type TermDetail } from "../terms.ts";
import { inLanguage, type Language } from "./language.ts";
import type { SignedIn } from "./session.ts";
import type { Holding } from "./sources.ts";
import { toldOf } from "./told.ts";

/** Somebody else's consent does not exist. */
export function ofPerson(consent: Consent | undefined, { personId }: SignedIn): Consent {
  if (consent?.personId !== personId || consent.forgottenAt !== undefined)
    throw new OAuthError("not_found", "no such consent of this person");
  return consent;
}

/** A consent in words; of its sources, those among the holdings are not read again. One past its end is shown as ended, whether or not that was written yet. */
export async function consentView(
  as: Exchange,
  id: string,
  consent: Consent,
  language: Language,
  holdings: readonly Holding[] = [],
): Promise<ConsentView> {
  const client = await as.registry.client(consent.clientId);
  const { createdAt, decidedAt, endsAt, pausedAt } = consent;
  const nearer = nearerEnds(consent, now(as));
  const told = await toldOf(as, consent);
  return {
    id,
    client: client?.client_name ?? "",
    ...pictured(client),
    ...stateNow(consent, now(as)),
    ...(isSignIn(consent.terms) && { signIn: true }),
    kinds: await Promise.all(consent.terms.details.map((detail) => kindView(as, consent, detail, language, holdings))),
    createdAt,
    ...(isUnused(consent) && { notInUse: true }),
    ...(decidedAt !== undefined && { decidedAt }),
    ...(endsAt !== undefined && { endsAt }),
    ...(pausedAt !== undefined && { pausedAt }),
    ...(nearer.length > 0 && { nearer }),
    ...reminderOf(consent, now(as)),
    ...(told.length > 0 && { told }),
  };
}

/** UX-17: the card that waits, as long as there is something to say about it. */
function reminderOf(consent: Consent, time: number): Pick<ConsentView, "reminder"> {
  const { reminder } = consent;
  if (reminder === undefined || !isReminding(consent) || !stands(consent, time)) return {};
  return { reminder: { at: reminder.since, about: isAboutTheEnd(consent) ? "end" : "still" } };
}

/** Every refresh token is gone, and with the last one the access tokens of its time; a sign-in never had one. */
function isUnused({ state, terms, collectedAt, refreshTokens }: Consent): boolean {
  return state === "active" && !isSignIn(terms) && collectedAt !== undefined && refreshTokens.length === 0;
}

/** By the clock, whether or not an end was written yet. */
export function stateNow(
  { state, expiresAt, endsAt, endedAt, endedBy }: Consent,
  time: number,
): Pick<ConsentView, "state" | "endedBy" | "endedAt"> {
  if (state === "requested") return { state: "declined", endedBy: "unanswered", endedAt: expiresAt };
  if ((state === "active" || state === "paused") && endsAt !== undefined && time >= endsAt)
    return { state: "ended", endedBy: "expired", endedAt: endsAt };
  return { state, ...(endedBy !== undefined && { endedBy }), ...(endedAt !== undefined && { endedAt }) };
}

/** One kind of a consent in words, as it is granted. */
export async function kindView(
  as: Pick<Exchange, "registry" | "records">,
  consent: Consent,
  detail: TermDetail,
  language: Language,
  holdings: readonly Holding[] = [],
): Promise<ConsentView["kinds"][number]> {
  const sources = consent.sources.filter(({ grants }) => grants.some((grant) => sameKind(grant, detail)));
  const grants = sources.flatMap((source) => source.grants.filter((grant) => sameKind(grant, detail)));
  const granted = new Set(grants.flatMap(({ actions }) => actions));
  const [definition, purpose, ...servers] = await Promise.all([
    as.registry.definition(detail.type),
    as.registry.purpose(detail.purpose),
    ...sources.map(({ resourceServerId }) => as.registry.resourceServer(resourceServerId)),
  ]);
  const actions = (granted.size > 0 ? [...granted] : detail.actions).map((action) => {
    const words = definition?.actions[action];
    return words === undefined ? action : inLanguage(words, language).text;
  });
  const names = servers.map((server, n) => server?.client_name ?? sources[n]?.location ?? "");
  // Of what has ended, nothing comes from any source.
  const standing = isOver(consent) ? [] : await Promise.all(sources.map((source) => isLinked(as, source, holdings)));
  const disconnected = names.filter((_, n) => standing[n] === false);
  return {
    title: definition === undefined ? detail.type : inLanguage(definition.texts, language).title,
    actions,
    purpose: purpose === undefined ? detail.purpose : inLanguage(purpose.texts, language).text,
    sources: names,
    ...(disconnected.length > 0 && { disconnected }),
  };
}

export function isOver({ state }: Consent): boolean {
  return state === "ended" || state === "declined";
}

/** Its part of the consent ended with the life of the Link it was granted from. */
async function isLinked(
  as: Pick<Exchange, "records">,
  { linkId, linkGeneration }: ConsentSource,
  holdings: readonly Holding[],
): Promise<boolean> {
  const held = holdings.find((holding) => holding.linkId === linkId);
  const link = held?.link ?? (await as.records.links.find(linkId))?.value;
  return link?.state === "linked" && link.generation === linkGeneration;
}
