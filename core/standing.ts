import { type Consent, type ConsentSource, isInForce } from "./consent.ts";
import { type Exchange, now } from "./exchange.ts";
import type { Link } from "./link.ts";
import type { ResourceServer } from "./party.ts";
import { personOf } from "./uma/requesting-party.ts";

type Facts = Pick<Exchange, "registry" | "records" | "nowMs">;

export interface SourceInForce {
  readonly source: ConsentSource;
  readonly link: Link;
  readonly resourceServer: ResourceServer;
}

/** Why a consent gives nothing right now, or undefined if it is in order: its own state and end, the person, the Client (N-30, N-31, N-48). */
export async function whyConsentFails(as: Facts, consent: Consent): Promise<string | undefined> {
  if (!isInForce(consent, now(as))) return `the consent is ${consent.state} or past its end`;
  const [person, client] = await Promise.all([
    as.registry.person(consent.personId),
    as.registry.client(consent.clientId),
  ]);
  if (person?.status !== "active") return `the person is ${person?.status ?? "gone"}`;
  if (client?.status !== "active") return `the client is ${client?.status ?? "gone"}`;
  const personId = consent.requestingParty && personOf(consent.requestingParty);
  if (personId !== undefined && (await as.registry.person(personId))?.status !== "active")
    return "the requesting party is locked or gone";
  return undefined;
}

/** A consent's source with everything it hangs on in order: Link (read strongly), Resource Server, definitions; else why not. */
export async function sourceInForce(as: Facts, source: ConsentSource): Promise<SourceInForce | string> {
  const [link, resourceServer, ...definitions] = await Promise.all([
    as.records.links.find(source.linkId),
    as.registry.resourceServer(source.resourceServerId),
    ...source.grants.map(({ type }) => as.registry.definition(type)),
  ]);
  if (link?.value.state !== "linked" || link.value.generation !== source.linkGeneration)
    return "the source is unlinked";
  if (resourceServer?.status !== "active") return `the resource server is ${resourceServer?.status ?? "gone"}`;
  if (definitions.includes(undefined)) return "a definition is gone";
  return { source, link: link.value, resourceServer };
}
