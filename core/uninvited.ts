import { sha256 } from "../protocol/canonical-json.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { type Exchange, now } from "./exchange.ts";
import { isWaiting } from "./proposal.ts";

/** UX-36, N-55: how often one person may be asked by one Client, and by all of them, in a window of seconds. */
const limits = [
  { by: "client", most: 3, window: 3_600 },
  { by: "client", most: 10, window: 86_400 },
  { by: "anyone", most: 5, window: 60 },
] as const;

/**
 * Whether a person may be asked once more. A one-time code is an invitation the person made a moment ago; the limits are for those who come by name or ID token.
 * One request of a Client waits at a time: the guard names it, its Consent decides. A delivery that broke off and comes again counts again: rather silence than too many.
 */
export async function mayComeUninvited(
  as: Pick<Exchange, "guards" | "records" | "nowMs">,
  id: string,
  { clientId, consentId, expiresAt }: Pick<AuthorizationRequest, "clientId" | "consentId" | "expiresAt">,
  hint: string,
  personId: string,
): Promise<boolean> {
  if (hint.startsWith("code:")) return true;
  const time = now(as);
  const waiting = `LIMIT#${await sha256(`${personId} ${clientId} waiting`)}`;
  const before = await as.guards.find(waiting);
  const earlier = before?.["requestId"] === id ? undefined : before?.["consentId"];
  const consent = typeof earlier === "string" ? (await as.records.consents.find(earlier))?.value : undefined;
  if (consent !== undefined && isWaiting(consent, time)) return false;
  for (const { by, most, window } of limits) {
    const number = Math.floor(time / window);
    const whose = by === "client" ? `${personId} ${clientId}` : personId;
    const key = `LIMIT#${await sha256(`${whose} ${window} ${number}`)}`;
    if ((await as.guards.count(key, (number + 1) * window)) > most) return false;
  }
  await as.guards.put(waiting, { consentId, requestId: id }, expiresAt);
  return true;
}
