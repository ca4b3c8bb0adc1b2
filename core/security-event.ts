import { sha256 } from "../protocol/canonical-json.ts";
import { SECEVENT_JWT, type SecurityEvent, TOKENS_REVOKED } from "../protocol/security-event.ts";
import { signed } from "./access-token.ts";
import type { Consent } from "./consent.ts";
import type { Attempted, Delivering, DeliveryQueue } from "./delivery.ts";
import { type Exchange, now } from "./exchange.ts";
import { endHeard, leftHeard, unlinkedHeard } from "./heard.ts";
import { subAtClient } from "./pairwise.ts";
import { isResourceServer } from "./party.ts";
import { rewritten } from "./rewritten.ts";

type Queueing = Pick<Exchange, "records" | "registry"> & { readonly deliveries: DeliveryQueue };
type Told = Pick<SecurityEvent, "sub_id" | "toe"> & { readonly about: string; readonly byPerson?: boolean };

/** Seconds an endpoint that is out of order is tried. */
export const PATIENCE = 3 * 86_400;

/** A Client that never learned the person's `sub` (the ticket door) would learn it from the event: it finds out when it asks. */
export function isClientTold({ endedBy, requestingParty }: Consent): boolean {
  return endedBy !== "released" && requestingParty === undefined;
}

/** A consent ended: each of its sources is told, and its Client unless it gave the consent back itself. */
export async function consentEnded(as: Queueing, consent: Consent, consentId: string): Promise<number> {
  if (consent.state !== "ended") return 0;
  const servers = consent.sources.map(({ resourceServerId }) => resourceServerId);
  const parties = isClientTold(consent) ? [...servers, consent.clientId] : servers;
  const queued = await Promise.all(parties.map((party) => queue(as, "consent-ended", `${consentId}.${party}`, party)));
  return queued.filter(Boolean).length;
}

/** A change left sources out: each that has not heard of it yet is told. */
export async function sourcesLeft(
  as: Queueing & Pick<Exchange, "nowMs">,
  { left = [] }: Consent,
  consentId: string,
): Promise<number> {
  const unheard = left.filter(({ heardAt, at }) => heardAt === undefined && now(as) < at + PATIENCE);
  const queued = await Promise.all(
    unheard.map(({ resourceServerId, handle }) => queue(as, "source-left", `${consentId}.${handle}`, resourceServerId)),
  );
  return queued.filter(Boolean).length;
}

/** The person disconnected a source: it is told. */
export async function sourceUnlinked(as: Queueing, linkId: string): Promise<number> {
  const link = (await as.records.links.find(linkId))?.value;
  if (link?.state !== "unlinked") return 0;
  return (await queue(as, "source-unlinked", linkId, link.resourceServerId)) ? 1 : 0;
}

/** One of those who are told that a consent ended: a Resource Server by its own name of the consent, a Client by the person's `sub` there. */
export async function tellConsentEnded(as: Delivering, id: string): Promise<Attempted> {
  const [consentId = "", party = ""] = id.split(".");
  const consent = (await as.records.consents.find(consentId))?.value;
  if (consent?.state !== "ended") return "nothing to tell";
  const toe = consent.endedAt ?? now(as);
  const sub_id = isResourceServer({ client_id: party }) ? nameAt(consent, party) : await personAt(as, consent, party);
  if (sub_id === undefined) return "nothing to tell";
  const byPerson = party === consent.clientId && consent.endedBy === "withdrawn";
  const attempted = await tell(as, party, { sub_id, toe, about: id, byPerson });
  if (attempted === "delivered")
    await rewritten(as.records.consents, consentId, (current) => current && endHeard(current, party, now(as)));
  return attempted;
}

/** A Resource Server that a change left out, by its own name of the consent. */
export async function tellSourceLeft(as: Delivering, id: string): Promise<Attempted> {
  const [consentId = "", handle = ""] = id.split(".");
  const { left = [] } = (await as.records.consents.find(consentId))?.value ?? {};
  const source = left.find((candidate) => candidate.handle === handle);
  if (source === undefined) return "nothing to tell";
  const sub_id = { format: "opaque", id: handle } as const;
  const attempted = await tell(as, source.resourceServerId, { sub_id, toe: source.at, about: id });
  if (attempted === "delivered")
    await rewritten(as.records.consents, consentId, (current) => current && leftHeard(current, handle, now(as)));
  return attempted;
}

/** A Resource Server that is no source any more, by its own `sub` of the person. Linked again since, there is nothing to tell. */
export async function tellSourceUnlinked(as: Delivering, linkId: string): Promise<Attempted> {
  const link = (await as.records.links.find(linkId))?.value;
  if (link?.state !== "unlinked") return "nothing to tell";
  const sub_id = { format: "iss_sub", iss: as.issuer, sub: link.sub } as const;
  const about = `${linkId} ${link.generation}`;
  const attempted = await tell(as, link.resourceServerId, { sub_id, toe: link.unlinkedAt ?? now(as), about });
  if (attempted === "delivered")
    await rewritten(as.records.links, linkId, (current) => current && unlinkedHeard(current, link.generation, now(as)));
  return attempted;
}

function nameAt(consent: Consent, resourceServerId: string): SecurityEvent["sub_id"] | undefined {
  const source = consent.sources.find((candidate) => candidate.resourceServerId === resourceServerId);
  return source && { format: "opaque", id: source.handle };
}

async function personAt(as: Delivering, { personId, clientId }: Consent, party: string) {
  const person = party === clientId ? await as.registry.person(personId) : undefined;
  return person && ({ format: "iss_sub", iss: as.issuer, sub: await subAtClient(person, clientId) } as const);
}

/** RFC 8935 §2: pushed until it is acknowledged (202) or refused; sent again it is the same event, by its `jti`. */
async function tell(as: Delivering, party: string, { sub_id, toe, about, byPerson }: Told): Promise<Attempted> {
  const endpoint = await endpointOf(as, party);
  if (endpoint === undefined) return "nothing to tell";
  const jti = await sha256(`event ${party} ${about}`);
  const set: SecurityEvent = {
    iss: as.issuer,
    aud: party,
    iat: now(as),
    jti,
    toe,
    sub_id,
    events: { [TOKENS_REVOKED]: byPerson ? { initiating_entity: "user" } : {} },
  };
  const answer = await as.egress.send({
    url: endpoint,
    method: "POST",
    headers: { "content-type": SECEVENT_JWT, accept: "application/json" },
    body: await signed(as.tokenKeys, set, "secevent+jwt"),
    reads: false,
  });
  if (answer === "refused") return "refused";
  if (answer === "failed" || answer.status === 429 || answer.status >= 500)
    return now(as) < toe + PATIENCE ? { later: toe + PATIENCE } : "refused";
  return answer.status === 202 ? "delivered" : "refused";
}

async function queue(
  as: Queueing,
  kind: "consent-ended" | "source-left" | "source-unlinked",
  id: string,
  party: string,
): Promise<boolean> {
  if ((await endpointOf(as, party)) === undefined) return false;
  await as.deliveries.send({ kind, id, party });
  return true;
}

/** Of a party that is active and wants to be told. */
export async function endpointOf(as: Pick<Exchange, "registry">, party: string): Promise<string | undefined> {
  const registered = await (isResourceServer({ client_id: party })
    ? as.registry.resourceServer(party)
    : as.registry.client(party));
  return registered?.status === "active" ? registered.security_event_endpoint : undefined;
}
