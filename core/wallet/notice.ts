import { seconds } from "../../protocol/duration.ts";
import type { AskedKind, Notice } from "../../protocol/wallet.ts";
import { type Ask, type Consent, isElsewhere } from "../consent.ts";
import type { Exchange } from "../exchange.ts";
import { linkOfResource } from "../link.ts";
import { OAuthError } from "../oauth-error.ts";
import { askOf } from "../proposal.ts";
import { isSignIn, type TermDetail, type Terms } from "../terms.ts";
import { personParty, type RequestingParty } from "../uma/requesting-party.ts";
import { alreadyShared } from "./already.ts";
import { askingClient } from "./asking-client.ts";
import { beforeOf, changeOf, endsOf } from "./change.ts";
import { inLanguage, type Language } from "./language.ts";
import { type Holding, serving, sourceChoice } from "./sources.ts";

/** Shorter lives to offer beside the one asked for. */
const SHORTER = ["P1D", "P7D", "P30D", "P90D", "P180D"];

/** Seconds after the last moment to answer: by then every token of a sign-in has ended. There is nothing to choose. */
const SIGN_IN_LIFE = 900;

/** All that the person is shown, rebuilt from registered data (UX-01, UX-07). The same facts give the same notice, so its hash proves the text. */
export async function noticeOf(
  as: Pick<Exchange, "registry" | "records" | "nowMs">,
  consent: Consent,
  holdings: readonly Holding[],
  language: Language,
): Promise<Notice> {
  const client = await as.registry.client(consent.clientId);
  if (client?.status !== "active") throw new OAuthError("gone", `the client is ${client?.status ?? "gone"}`);
  const ask = askOf(consent);
  const { terms, bindingMessage } = ask;
  const signIn = isSignIn(terms);
  const durations = signIn ? [{ endsAt: ask.expiresAt + SIGN_IN_LIFE }] : endsOf(consent, choices(terms));
  const change = await changeOf(as, consent, language);
  const already = await alreadyShared(as, consent, language);
  return {
    language,
    client: askingClient(client),
    ...(bindingMessage !== undefined && { bindingMessage }),
    ...(consent.requestingParty !== undefined && { requestingParty: shown(consent, consent.requestingParty) }),
    ...beganOf(ask),
    ...(signIn && { signIn }),
    asked: await Promise.all(terms.details.map((detail) => askedKind(as, consent, detail, holdings, language))),
    durations,
    proposed: durations.length - 1,
    ...(change !== undefined && { change }),
    ...(already.length > 0 && { already }),
  };
}

/** What rings began on another screen; so did a flow that was sent on from one. */
function beganOf(ask: Ask): Pick<Notice, "began"> {
  if (isElsewhere(ask)) return { began: { at: ask.createdAt, elsewhere: true } };
  return ask.door === "backchannel" ? { began: { at: ask.createdAt, ...ask.context } } : {};
}

function shown({ personId }: Consent, { id, name, at }: RequestingParty) {
  return { you: id === personParty(personId), name, at };
}

/** The names of what a ticket asks for, as its source registered them; a resource without one is counted by its kind alone. */
function named(detail: TermDetail, holdings: readonly Holding[]): { readonly resources?: readonly string[] } {
  if (detail.resource_ids === undefined) return {};
  const resources = holdings.flatMap((holding) => serving(holding, detail));
  return { resources: resources.flatMap(({ resource }) => (resource.name === undefined ? [] : [resource.name])) };
}

/** What a ticket names lies at one source: no other is a choice. */
function isAsked(linkId: string, { resource_ids }: TermDetail): boolean {
  return resource_ids?.some((id) => linkOfResource(id) === linkId) ?? true;
}

async function askedKind(
  as: Pick<Exchange, "registry" | "records">,
  consent: Consent,
  detail: TermDetail,
  holdings: readonly Holding[],
  language: Language,
): Promise<AskedKind> {
  const [definition, purpose] = await Promise.all([
    as.registry.definition(detail.type),
    as.registry.purpose(detail.purpose),
  ]);
  if (definition === undefined || purpose === undefined)
    throw new OAuthError("gone", `${detail.type} or ${detail.purpose} is gone`);
  const action = (required: boolean) => (name: string) => {
    const { text, reason } = inLanguage(definition.actions[name] ?? { en: { text: name } }, language);
    return { action: name, text, required, ...(reason !== undefined && { reason }) };
  };
  const { title, description } = inLanguage(definition.texts, language);
  const before = await beforeOf(as, consent, detail, holdings, language);
  return {
    title,
    description,
    sensitivity: definition.sensitivity,
    ...(definition.sensitivity !== "ordinary" && askOf(consent).terms.details.length > 1 && { explicit: true }),
    purpose: inLanguage(purpose.texts, language).text,
    ...named(detail, holdings),
    actions: [...detail.actions.map(action(true)), ...detail.optional_actions.map(action(false))],
    sources: holdings.filter(({ linkId }) => isAsked(linkId, detail)).map((holding) => sourceChoice(holding, detail)),
    ...(before !== undefined && { before }),
  };
}

/** UX-05: at most three, shortest first, the Client's wish last; one consent ends with its shortest detail. */
function choices({ details }: Terms): readonly string[] {
  const [proposed = "P1D"] = details
    .map(({ duration }) => duration)
    .sort((a, b) => (seconds(a) ?? 0) - (seconds(b) ?? 0));
  const limit = seconds(proposed) ?? 0;
  const half = SHORTER.filter((duration) => (seconds(duration) ?? 0) <= limit / 2).at(-1);
  return [...new Set([...(limit > 86_400 ? ["P1D"] : []), ...(half === undefined ? [] : [half]), proposed])];
}
