import { SignJWT } from "jose";
import { sha256 } from "../protocol/canonical-json.ts";
import type { PushData } from "../protocol/push.ts";
import type { WebPushSubscription } from "../protocol/wallet.ts";
import type { Attempted, Delivering } from "./delivery.ts";
import type { EgressAnswer, EgressRequest } from "./egress.ts";
import { now } from "./exchange.ts";
import { handleKind, newHandle } from "./handles.ts";
import { askOf, isWaiting } from "./proposal.ts";
import { unseal } from "./seal.ts";

/** The P-256 pair push services know this exchange by (RFC 8292). */
export interface VapidKey {
  /** Uncompressed, base64url. */
  publicKey(): Promise<string>;
  signing(): Promise<CryptoKey>;
}

/** Encrypts to a browser (RFC 8291), with the headers of RFC 8030 §5. `ttl` in seconds; of two messages with one `topic` the later replaces the earlier. */
export type EncryptPush = (
  subscription: WebPushSubscription,
  content: string,
  options: { readonly ttl: number; readonly topic: string },
) => { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array };

export interface WebPushing {
  readonly vapidKey: VapidKey;
  readonly encryptPush: EncryptPush;
}

/** RFC 8292 §2: at most 24 hours; an hour leaves room for clocks. */
const TOKEN_LIFE = 3_600;

/** One attempt to ring a browser, `id` being `<consent> <device>`. Answered meanwhile, or the browser's person another: nothing to tell. What its push service does not know any more is removed (UX-53). */
export async function pushToBrowser(as: Delivering, id: string): Promise<Attempted> {
  const [consentId = "", deviceId = ""] = id.split(" ");
  const consent = (await as.records.consents.find(consentId))?.value;
  const stored = await as.records.devices.find(deviceId);
  if (stored?.value.platform !== "WEB" || stored.value.personId !== consent?.personId) return "nothing to tell";
  if (!isWaiting(consent, now(as))) return "nothing to tell";

  const opened = await unseal(as, "subscription", stored.value.subscription);
  const { expiresAt: exp } = askOf(consent);
  const outcome = outcomeOf(opened === undefined ? "refused" : await pushed(as, JSON.parse(opened), id, exp), exp);

  if (outcome === "gone") await as.records.devices.remove(deviceId, stored);
  return outcome;
}

type Answer = EgressAnswer | "refused" | "failed";

/** RFC 8030 §5, §7.3, §8.4: gone is a subscription that ended, and one whose address leads inside. */
function outcomeOf(answer: Answer, end: number): Attempted {
  if (answer === "failed") return { later: end };
  if (answer === "refused" || answer.status === 404 || answer.status === 410) return "gone";
  if (answer.status === 429 || answer.status >= 500) return { later: end };
  return answer.status >= 200 && answer.status < 300 ? "delivered" : "refused";
}

async function pushed(as: Delivering, subscription: WebPushSubscription, id: string, exp: number): Promise<Answer> {
  const [consentId = ""] = id.split(" ");
  const { handle } = await newHandle(as, handleKind.notification, consentId, now(as));
  const data: PushData = { v: 1, id: handle, t: "r", exp };
  return as.egress.send(await pushRequest(as, subscription, data, await topicOf(id, exp)));
}

/** RFC 8030 §5.4: one for all attempts of one push, and nothing of the request's own. */
async function topicOf(id: string, exp: number): Promise<string> {
  return (await sha256(`push ${id} ${exp}`)).slice(0, 32);
}

/** RFC 8030 §5 with RFC 8292 §3: says who sends it to whom, until when, and nothing about what. */
async function pushRequest(
  as: Delivering,
  subscription: WebPushSubscription,
  data: PushData,
  topic: string,
): Promise<EgressRequest> {
  const { endpoint: url } = subscription;
  const ttl = Math.max(1, data.exp - now(as));
  const { headers, body } = as.encryptPush(subscription, JSON.stringify(data), { ttl, topic });
  const token = await new SignJWT()
    .setProtectedHeader({ typ: "JWT", alg: "ES256" })
    .setAudience(new URL(url).origin)
    .setSubject(as.issuer)
    .setExpirationTime(now(as) + TOKEN_LIFE)
    .sign(await as.vapidKey.signing());
  const authorization = `vapid t=${token}, k=${await as.vapidKey.publicKey()}`;
  return { url, method: "POST", headers: { ...headers, authorization }, body, reads: false };
}
