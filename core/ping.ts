import { pinged } from "./authorization-request.ts";
import { type Exchange, now } from "./exchange.ts";
import { rewritten } from "./rewritten.ts";
import { seal, unseal } from "./seal.ts";

type Pinging = Pick<Exchange, "region" | "sealingKeys" | "records" | "egress" | "nowMs">;

/** What a ping needs, kept sealed until it is delivered. */
export function sealPing(as: Pick<Exchange, "region" | "sealingKeys">, authReqId: string, token: string) {
  return seal(as, "ping", JSON.stringify([authReqId, token]));
}

/**
 * CIBA Core §10.2: the person answered, so a ping Client is told that there is something to fetch; what it is, only its poll finds out.
 * "I did not start this" and requests that ran out tell nothing. An endpoint that is out of order is tried again until the request's hard end:
 * the error makes the stream's batch come again.
 */
export async function clientPinged(as: Pinging, consentId: string): Promise<"pinged" | "not pinged"> {
  const consent = (await as.records.consents.find(consentId))?.value;
  if (consent === undefined || consent.state === "requested") return "not pinged";
  if (consent.state === "declined" && consent.endedBy !== "declined") return "not pinged";
  const { requestId, clientId } = consent;
  const request = (await as.records.requests.find(requestId))?.value;
  const client = (await as.records.clients.find(clientId))?.value;
  const url = client?.backchannel_client_notification_endpoint;
  if (request?.ping === undefined) return "not pinged";

  const told =
    request.expiresAt > now(as) && client?.status === "active" && url !== undefined
      ? await delivered(as, url, request.ping)
      : "not pinged";
  await erase(as, requestId);
  return told;
}

/** A redirect or a refusal of the endpoint is its answer; only what is out of order is worth another try. */
async function delivered(as: Pinging, url: string, sealed: string): Promise<"pinged" | "not pinged"> {
  const opened = await unseal(as, "ping", sealed);
  if (opened === undefined) return "not pinged";
  const [auth_req_id, token] = JSON.parse(opened) as readonly [string, string];
  const answer = await as.egress.send({
    url,
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ auth_req_id }),
    reads: false,
  });
  if (answer === "refused") return "not pinged";
  if (answer === "failed" || answer.status >= 500) throw new Error("the notification endpoint is out of order");
  return answer.status >= 200 && answer.status < 300 ? "pinged" : "not pinged";
}

async function erase(as: Pinging, requestId: string): Promise<void> {
  await rewritten(as.records.requests, requestId, (request) =>
    request?.ping === undefined ? undefined : pinged(request),
  );
}
