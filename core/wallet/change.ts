import { seconds } from "../../protocol/duration.ts";
import type { AskedKind, Notice, ProposedChange } from "../../protocol/wallet.ts";
import type { Consent } from "../consent.ts";
import type { Exchange } from "../exchange.ts";
import { sameKind } from "../merge.ts";
import { askOf } from "../proposal.ts";
import type { TermDetail } from "../terms.ts";
import { kindView } from "./consents.ts";
import { inLanguage, type Language } from "./language.ts";
import type { Holding } from "./sources.ts";

/** UX-08: what a proposal changes, beside what it asks for; undefined for a request that changes nothing. */
export async function changeOf(
  as: Pick<Exchange, "registry" | "records">,
  consent: Consent,
  language: Language,
): Promise<ProposedChange | undefined> {
  const { proposal, decidedAt = 0, endsAt = 0 } = consent;
  if (proposal === undefined) return undefined;
  const others = await Promise.all(unasked(consent).map((detail) => kindView(as, consent, detail, language)));
  return { action: proposal.action, decidedAt, endsAt, others };
}

/** What of one asked kind is in force, from sources that are still linked as they were. */
export async function beforeOf(
  as: Pick<Exchange, "registry" | "records">,
  consent: Consent,
  detail: TermDetail,
  holdings: readonly Holding[],
  language: Language,
): Promise<AskedKind["before"]> {
  // Of the ticket door other resources are asked for with the same actions: nothing of it is known already.
  if (consent.proposal === undefined || detail.resource_ids !== undefined) return undefined;
  const linked = consent.sources.filter((source) =>
    holdings.some(
      ({ linkId, link, closed }) =>
        linkId === source.linkId && closed === undefined && link.generation === source.linkGeneration,
    ),
  );
  const grants = consent.sources.flatMap((source) => source.grants.filter((grant) => sameKind(grant, detail)));
  if (grants.length === 0) return undefined;
  const definition = await as.registry.definition(detail.type);
  const actions = [...new Set(grants.flatMap((grant) => grant.actions))].map((action) => {
    const words = definition?.actions[action];
    return { action, text: words === undefined ? action : inLanguage(words, language).text };
  });
  const sources = linked.filter((source) => source.grants.some((grant) => sameKind(grant, detail)));
  return { actions, sources: sources.map(({ linkId }) => linkId) };
}

/**
 * The ends a person may choose, shortest first, the Client's wish last. A consent ends with its shortest detail, and nothing lasts longer than it was asked
 * for: kinds that a merge does not name keep the whole to the end in force. A change that may last longer offers that end first.
 */
export function endsOf(consent: Consent, usual: readonly string[]): Notice["durations"] {
  const { createdAt } = askOf(consent);
  const wishes = usual.map((duration) => ({ duration, endsAt: createdAt + (seconds(duration) ?? 0) }));
  const { proposal, endsAt: inForce = 0 } = consent;
  const wish = wishes.at(-1);
  if (proposal === undefined || wish === undefined || wish.endsAt < inForce) return wishes;
  const bound = proposal.action === "merge" && unasked(consent).length > 0;
  return [{ endsAt: inForce }, ...(bound || wish.endsAt === inForce ? [] : [wish])];
}

function unasked({ terms, proposal }: Consent): readonly TermDetail[] {
  return terms.details.filter((detail) => !proposal?.terms.details.some((asked) => sameKind(asked, detail)));
}
