import { SignJWT } from "jose";
import type { PushData, PushKind } from "../protocol/push.ts";
import type { WebPushSubscription } from "../protocol/wallet.ts";
import type { Attempted, Delivering } from "./delivery.ts";
import type { EgressAnswer, EgressRequest } from "./egress.ts";
import { now } from "./exchange.ts";
import type { Rung } from "./person.ts";
import { collapseId, personToRing, pushData, type Ring, ringOf } from "./push.ts";
import { noted } from "./rung.ts";
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
  options: { readonly ttl: number; readonly topic: string; readonly urgency: "high" | "normal" },
) => { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array };

export interface WebPushing {
  readonly vapidKey: VapidKey;
  readonly encryptPush: EncryptPush;
}

/** RFC 8292 §2: at most 24 hours; an hour leaves room for clocks. */
const TOKEN_LIFE = 3_600;

/** Whatever is pushed is as long as anything else (N-77); spaces after JSON are JSON (RFC 8259 §2). */
const LENGTH = 512;

/** RFC 8030 §5.3: what cannot wait until the device is awake anyway. */
const URGENCY = { r: "high", c: "normal", n: "normal" } as const satisfies Readonly<Record<PushKind, string>>;

/** One attempt to ring a browser. Answered meanwhile, late, or the browser another person's: nothing to tell. What its push service does not know any more is removed (UX-53). */
export async function pushToBrowser(as: Delivering, waiting: string): Promise<Attempted> {
  const { ring, deviceId } = ringOf(waiting);
  const stored = await as.records.devices.find(deviceId);
  if (stored?.value.platform !== "WEB" || stored.value.personId !== (await personToRing(as, ring)))
    return "nothing to tell";

  const opened = await unseal(as, "subscription", stored.value.subscription);
  const answer = opened === undefined ? "refused" : await pushed(as, JSON.parse(opened), ring, deviceId);
  const outcome = outcomeOf(answer, ring.exp);

  if (outcome === "gone") await as.records.devices.remove(deviceId, stored);
  else if (ring.t !== "c") await noted(as, deviceId, stored.value.personId, rungAs(ring, outcome, now(as)));
  return outcome;
}

function rungAs({ which }: Ring, outcome: Attempted, at: number): Rung {
  if (outcome === "delivered" || outcome === "refused") return { which, at, result: outcome };
  return { which, at, result: "failed" };
}

type Answer = EgressAnswer | "refused" | "failed";

/** RFC 8030 §5, §7.3, §8.4, RFC 9110 §10.2.3: gone is a subscription that ended, and one whose address leads inside. */
function outcomeOf(answer: Answer, end: number): Attempted {
  if (answer === "failed") return { later: end };
  if (answer === "refused" || answer.status === 404 || answer.status === 410) return "gone";
  if (answer.status === 429 || answer.status >= 500) return { later: end, before: answer.retryAfter };
  return answer.status >= 200 && answer.status < 300 ? "delivered" : "refused";
}

async function pushed(as: Delivering, to: WebPushSubscription, ring: Ring, deviceId: string): Promise<Answer> {
  return as.egress.send(await pushRequest(as, to, await pushData(as, ring, deviceId)));
}

/** RFC 8030 §5 with RFC 8292 §3: says who sends it to whom, until when, and nothing about what. */
async function pushRequest(as: Delivering, subscription: WebPushSubscription, data: PushData): Promise<EgressRequest> {
  const { endpoint: url } = subscription;
  const ttl = Math.max(1, data.exp - now(as));
  const content = JSON.stringify(data).padEnd(LENGTH);
  const options = { ttl, topic: await collapseId(data), urgency: URGENCY[data.t] };
  const { headers, body } = as.encryptPush(subscription, content, options);
  const token = await new SignJWT()
    .setProtectedHeader({ typ: "JWT", alg: "ES256" })
    .setAudience(new URL(url).origin)
    .setSubject(as.issuer)
    .setExpirationTime(now(as) + TOKEN_LIFE)
    .sign(await as.vapidKey.signing());
  const authorization = `vapid t=${token}, k=${await as.vapidKey.publicKey()}`;
  return { url, method: "POST", headers: { ...headers, authorization }, body, reads: false };
}
