import { sha256 } from "../protocol/canonical-json.ts";
import { type SecurityEvent, TOKENS_REVOKED } from "../protocol/security-event.ts";
import { signed } from "./access-token.ts";
import type { Consent } from "./consent.ts";
import type { Attempted, Delivering, DeliveryQueue } from "./delivery.ts";
import { type Exchange, now } from "./exchange.ts";
import { subAtClient } from "./pairwise.ts";
import { isResourceServer } from "./party.ts";

type Queueing = Pick<Exchange, "records" | "registry"> & { readonly deliveries: DeliveryQueue };
type Told = Pick<SecurityEvent, "sub_id" | "toe"> & { readonly about: string };

/** Seconds an endpoint that is out of order is tried. */
const PATIENCE = 3 * 86_400;

/** A consent ended: each of its sources is told, and its Client unless it gave the consent back itself. */
export async function consentEnded(as: Queueing, consent: Consent, consentId: string): Promise<number> {
  if (consent.state !== "ended") return 0;
  const servers = consent.sources.map(({ resourceServerId }) => resourceServerId);
  const parties = consent.endedBy === "released" ? servers : [...servers, consent.clientId];
  const queued = await Promise.all(parties.map((party) => queue(as, "consent-ended", `${consentId}.${party}`, party)));
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
  return sub_id === undefined ? "nothing to tell" : tell(as, party, { sub_id, toe, about: id });
}

/** A Resource Server that is no source any more, by its own `sub` of the person. Linked again since, there is nothing to tell. */
export async function tellSourceUnlinked(as: Delivering, linkId: string): Promise<Attempted> {
  const link = (await as.records.links.find(linkId))?.value;
  if (link?.state !== "unlinked") return "nothing to tell";
  const sub_id = { format: "iss_sub", iss: as.issuer, sub: link.sub } as const;
  const about = `${linkId} ${link.generation}`;
  return tell(as, link.resourceServerId, { sub_id, toe: link.unlinkedAt ?? now(as), about });
}

function nameAt(consent: Consent, resourceServerId: string): SecurityEvent["sub_id"] | undefined {
  const source = consent.sources.find((candidate) => candidate.resourceServerId === resourceServerId);
  return source && { format: "opaque", id: source.handle };
}

async function personAt(as: Delivering, { personId, clientId }: Consent, party: string) {
  const person = party === clientId ? (await as.records.people.find(personId))?.value : undefined;
  return person && ({ format: "iss_sub", iss: as.issuer, sub: await subAtClient(person, clientId) } as const);
}

/** RFC 8935 §2: pushed until it is acknowledged (202) or refused; sent again it is the same event, by its `jti`. */
async function tell(as: Delivering, party: string, { sub_id, toe, about }: Told): Promise<Attempted> {
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
    events: { [TOKENS_REVOKED]: {} },
  };
  const answer = await as.egress.send({
    url: endpoint,
    method: "POST",
    headers: { "content-type": "application/secevent+jwt", accept: "application/json" },
    body: await signed(as.tokenKeys, set, "secevent+jwt"),
    reads: false,
  });
  if (answer === "refused") return "refused";
  if (answer === "failed" || answer.status === 429 || answer.status >= 500) return { later: toe + PATIENCE };
  return answer.status === 202 ? "delivered" : "refused";
}

async function queue(
  as: Queueing,
  kind: "consent-ended" | "source-unlinked",
  id: string,
  party: string,
): Promise<boolean> {
  if ((await endpointOf(as, party)) === undefined) return false;
  await as.deliveries.send({ kind, id, party });
  return true;
}

/** Of a party that is active and wants to be told. */
async function endpointOf(as: Pick<Exchange, "registry">, party: string): Promise<string | undefined> {
  const registered = await (isResourceServer({ client_id: party })
    ? as.registry.resourceServer(party)
    : as.registry.client(party));
  return registered?.status === "active" ? registered.security_event_endpoint : undefined;
}
