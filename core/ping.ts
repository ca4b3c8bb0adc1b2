import { pinged } from "./authorization-request.ts";
import type { Consent } from "./consent.ts";
import type { Attempted, Delivering, DeliveryQueue } from "./delivery.ts";
import { type Exchange, now } from "./exchange.ts";
import { answerTo, isTold } from "./proposal.ts";
import { rewritten } from "./rewritten.ts";
import { seal, unseal } from "./seal.ts";

type Queueing = Pick<Exchange, "records" | "registry"> & { readonly deliveries: DeliveryQueue };

/** What a ping needs, kept sealed until it is delivered. */
export function sealPing(as: Pick<Exchange, "region" | "sealingKeys">, authReqId: string, token: string) {
  return seal(as, "ping", JSON.stringify([authReqId, token]));
}

/** The person answered: if the Client is one to be pinged, that waits in the queue from now on. "I did not start this" and requests that ran out tell nothing. */
export async function consentAnswered(as: Queueing, consent: Consent): Promise<"ping" | "no ping"> {
  const { requestId, clientId, changes = [] } = consent;
  const client = await as.registry.client(clientId);
  if (client?.backchannel_client_notification_endpoint === undefined) return "no ping";
  const told = [requestId, ...changes.map((change) => change.requestId)].filter((id) => isTold(answerTo(consent, id)));
  const queued = await Promise.all(told.map((id) => pingQueued(as, id, clientId)));
  return queued.includes("ping") ? "ping" : "no ping";
}

async function pingQueued(as: Queueing, id: string, party: string): Promise<"ping" | "no ping"> {
  if ((await as.records.requests.find(id))?.value.ping === undefined) return "no ping";
  await as.deliveries.send({ kind: "ping", id, party });
  return "ping";
}

/**
 * CIBA Core §10.2: a ping Client is told that there is something to fetch; what it is, only its poll finds out. A redirect or a refusal of the endpoint is its answer
 * (FAPI-CIBA: 401 and 403 are not tried again); one that is out of order is tried again until the request's hard end.
 */
export async function pingClient(as: Delivering, requestId: string): Promise<Attempted> {
  const request = (await as.records.requests.find(requestId))?.value;
  if (request?.ping === undefined) return "nothing to tell";
  const client = await as.registry.client(request.clientId);
  const url = client?.backchannel_client_notification_endpoint;
  const isDue = request.expiresAt > now(as) && client?.status === "active" && url !== undefined;
  const answer = isDue ? await told(as, url, request.ping) : "nothing to tell";
  if (answer === "out of order") return { later: request.expiresAt };
  await erase(as, requestId);
  return answer;
}

async function told(as: Delivering, url: string, sealed: string): Promise<"delivered" | "refused" | "out of order"> {
  const opened = await unseal(as, "ping", sealed);
  if (opened === undefined) return "refused";
  const [auth_req_id, token] = JSON.parse(opened) as readonly [string, string];
  const answer = await as.egress.send({
    url,
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ auth_req_id }),
    reads: false,
  });
  if (answer === "failed") return "out of order";
  if (answer === "refused") return "refused";
  if (answer.status === 429 || answer.status >= 500) return "out of order";
  return answer.status >= 200 && answer.status < 300 ? "delivered" : "refused";
}

async function erase(as: Delivering, requestId: string): Promise<void> {
  await rewritten(as.records.requests, requestId, (request) =>
    request?.ping === undefined ? undefined : pinged(request),
  );
}
