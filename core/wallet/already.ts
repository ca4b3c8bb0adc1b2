import type { AlreadyShared } from "../../protocol/wallet-life.ts";
import type { Consent } from "../consent.ts";
import { STANDING } from "../consent-kind.ts";
import { type Exchange, now } from "../exchange.ts";
import { sameKind } from "../merge.ts";
import { askOf, stands } from "../proposal.ts";
import { inLanguage, type Language } from "./language.ts";

/**
 * What of this is shared with the same app already by another permission, and by the same eyes: a yes would stand beside it, and stopping one leaves the other. The
 * newest of each kind.
 */
export async function alreadyShared(
  as: Pick<Exchange, "registry" | "records" | "nowMs">,
  consent: Consent,
  language: Language,
): Promise<readonly AlreadyShared[]> {
  const { details } = askOf(consent).terms;
  if (details.length === 0) return [];
  const others = await othersOf(as, consent);
  const shared = details.map(async (detail): Promise<readonly AlreadyShared[]> => {
    const other = others.find(({ sources }) =>
      sources.some(({ grants }) => grants.some((one) => sameKind(one, detail))),
    );
    if (other === undefined) return [];
    const definition = await as.registry.definition(detail.type);
    const title = definition === undefined ? detail.type : inLanguage(definition.texts, language).title;
    const { decidedAt = 0, endsAt = 0, state } = other;
    return [{ title, decidedAt, endsAt, ...(state === "paused" && { paused: true as const }) }];
  });
  return (await Promise.all(shared)).flat();
}

/** Of the same person, Client and requesting party, standing, newest first. */
async function othersOf(as: Pick<Exchange, "records" | "nowMs">, consent: Consent): Promise<readonly Consent[]> {
  const { personId, clientId, requestId, requestingParty } = consent;
  const { ids } = await as.records.find.pageOfPerson(personId, "consent", { states: STANDING });
  const found = await Promise.all(ids.map(async (id) => (await as.records.consents.find(id))?.value));
  return found.flatMap((other) =>
    other !== undefined &&
    other.personId === personId &&
    other.clientId === clientId &&
    other.requestId !== requestId &&
    other.requestingParty?.id === requestingParty?.id &&
    stands(other, now(as))
      ? [other]
      : [],
  );
}
