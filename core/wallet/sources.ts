import type { SourceChoice } from "../../protocol/wallet.ts";
import type { Source } from "../../protocol/wallet-sources.ts";
import { type Exchange, now } from "../exchange.ts";
import { type Link, type Resource, unlinked } from "../link.ts";
import { pictured } from "../logo.ts";
import { OAuthError } from "../oauth-error.ts";
import type { ResourceServer } from "../party.ts";
import { rewritten } from "../rewritten.ts";
import type { TermDetail } from "../terms.ts";
import type { Language } from "./language.ts";
import type { SignedIn } from "./session.ts";
import { titlesOf } from "./titles.ts";

/** A source with what it holds of the person. */
export interface Holding {
  /** Why nothing can come from it now; then it holds nothing, either. */
  readonly closed?: "disconnected" | "suspended";
  readonly linkId: string;
  readonly link: Link;
  readonly resourceServer: ResourceServer;
  readonly resources: readonly { readonly id: string; readonly resource: Resource }[];
}

/** Every source linked now whose Resource Server is in order, oldest first. */
export async function holdingsOf(
  as: Pick<Exchange, "records" | "registry">,
  personId: string,
): Promise<readonly Holding[]> {
  return (await everyHolding(as, personId)).filter(({ closed }) => closed === undefined);
}

/** The same with those that are closed for now: once connected, or stopped by the operator. Read at a glance, as the index they are found by is: what may be given is decided anew for each token. */
export async function everyHolding(
  as: Pick<Exchange, "records" | "registry">,
  personId: string,
): Promise<readonly Holding[]> {
  const ids = await as.records.find.ofPerson(personId, "link");
  const holdings = await Promise.all(
    ids.map(async (linkId): Promise<Holding | undefined> => {
      const { link, resources } = await as.records.linkWithResources(linkId, "at a glance");
      if (link?.personId !== personId) return undefined;
      const resourceServer = await as.registry.resourceServer(link.resourceServerId);
      if (resourceServer === undefined || resourceServer.status === "deregistered") return undefined;
      const holding = { linkId, link, resourceServer };
      if (link.state !== "linked") return { ...holding, closed: "disconnected", resources: [] };
      if (resourceServer.status === "suspended") return { ...holding, closed: "suspended", resources: [] };
      return { ...holding, resources };
    }),
  );
  return holdings
    .filter((holding) => holding !== undefined)
    .sort((a, b) => a.link.linkedAt - b.link.linkedAt || (a.linkId < b.linkId ? -1 : 1));
}

/** The resources of one source that serve one asked kind with all its required actions; of the ticket door, those the ticket names. */
export function serving(
  { resources }: Holding,
  detail: TermDetail,
): readonly { readonly id: string; readonly resource: Resource }[] {
  return resources.filter(
    ({ id, resource }) =>
      resource.type === detail.type &&
      (detail.resource_ids?.includes(id) ?? true) &&
      detail.actions.every((action) => resource.resource_scopes.includes(action)),
  );
}

/** UX-04: those that cannot serve are shown with the reason. */
export function sourceChoice(holding: Holding, detail: TermDetail): SourceChoice {
  const { linkId, link, resourceServer, resources, closed } = holding;
  const asked = detail.locations.length === 0 || detail.locations.includes(resourceServer.resource);
  const holds = resources.some(({ resource }) => resource.type === detail.type);
  const reason =
    closed ??
    (!asked ? "not_asked" : !holds ? "holds_none" : serving(holding, detail).length === 0 ? "lacks_action" : undefined);
  const choice = {
    id: linkId,
    name: resourceServer.client_name,
    linkedAt: link.linkedAt,
    usable: reason === undefined,
  };
  return reason === undefined ? choice : { ...choice, reason };
}

/** `POST /wallet/sources/{id}/unlink`. What is unlinked already stays so; whatever else changes meanwhile, it gets through. */
export async function unlinkSource(as: Exchange, { personId }: SignedIn, linkId: string): Promise<void> {
  await rewritten(as.records.links, linkId, (link) => {
    if (link?.personId !== personId) throw new OAuthError("not_found", "no such source of this person");
    return link.state === "unlinked" ? undefined : unlinked(link, now(as));
  });
}

/** `GET /wallet/sources`. */
export async function listSources(
  as: Exchange,
  { personId }: SignedIn,
  language: Language,
): Promise<{ sources: readonly Source[] }> {
  const holdings = await holdingsOf(as, personId);
  const sources = holdings.map(async ({ linkId, link, resourceServer, resources }) => {
    const kinds = resources.map(({ resource }) => resource);
    return {
      id: linkId,
      name: resourceServer.client_name,
      ...pictured(resourceServer),
      linkedAt: link.linkedAt,
      holds: await titlesOf(as, kinds, language),
    };
  });
  return { sources: await Promise.all(sources) };
}
