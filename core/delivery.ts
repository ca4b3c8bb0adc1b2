import { followUp } from "./effects.ts";
import type { Notifying } from "./notify.ts";
import { endpointHeard, type PhoneEndpoints } from "./phone-endpoint.ts";
import { pushToPhone } from "./phone-push.ts";
import { pingClient } from "./ping.ts";
import { tellConsentEnded, tellSourceLeft, tellSourceUnlinked } from "./security-event.ts";
import { pushToBrowser, type WebPushing } from "./web-push.ts";

/** What waits in the queue to be told to an endpoint of somebody else: which kind, and of which record. Nothing secret and nothing personal: what is told is read when it is told. */
export interface Delivery {
  readonly kind: DeliveryKind;
  readonly id: string;
  /** Whose endpoint, by `client_id`: one that takes long must not keep the others' waiting (SQS fair queues). */
  readonly party: string;
}

/** Puts messages on the queue. */
export interface DeliveryQueue {
  send(delivery: Delivery): Promise<void>;
}

export type Delivering = Notifying & WebPushing & { readonly phoneEndpoints: PhoneEndpoints };

/** `later`: the endpoint is out of order and is tried again, until then at the latest (seconds since the epoch), and not `before` as many seconds as it asked for. Anything else is final. */
export type Attempted =
  | "delivered"
  | "refused"
  | "gone"
  | "nothing to tell"
  | { readonly later: number; readonly before?: number | undefined };

/** One attempt. It may come again after it was delivered, and after its time: then it puts away what was kept for it. An error of ours is tried again, too. */
export type Attempt = (as: Delivering, id: string) => Promise<Attempted>;

/** Every kind of message strangers' endpoints get. A new one is a row. */
export const deliveries = {
  /** CIBA Core §10.2; of an AuthorizationRequest. */
  ping: pingClient,
  /** RFC 8935; of a Consent and one of those who are told. */
  "consent-ended": tellConsentEnded,
  /** RFC 8935; of a Consent and its name at a source that a change left out. */
  "source-left": tellSourceLeft,
  /** RFC 8935; of a Link. */
  "source-unlinked": tellSourceUnlinked,
  /** RFC 8030; of something to ring about and one of the person's browsers (`core/ring.ts`). */
  "web-push": pushToBrowser,
  /** The same for one of their phones, where SNS was out of order at first. */
  "phone-push": pushToPhone,
  /** Not told to anybody yet: what follows from a record and failed at first. */
  "follow-up": followUp,
  /** Not of ours: SNS says that something happened to a phone's endpoint. */
  "endpoint-event": endpointHeard,
} as const satisfies Readonly<Record<string, Attempt>>;

export type DeliveryKind = keyof typeof deliveries;

const [SHORTEST, LONGEST, MOST] = [5, 3_600, 43_200];

type Later = Exclude<Attempted, string>;

/** Seconds until the next attempt: 5, 10, 20 … and an hour at most; `attempts` made so far. */
export function pauseAfter(attempts: number): number {
  return Math.min(SHORTEST * 2 ** Math.min(attempts - 1, 30), LONGEST);
}

/** The same, or as long as the endpoint asked for; but the last attempt is where its time ends, and nothing waits longer than SQS lets it. */
export function pauseUntil(attempts: number, { later: end, before = 0 }: Later, time: number): number {
  return Math.max(0, Math.min(Math.max(pauseAfter(attempts), before), end - time, MOST));
}
