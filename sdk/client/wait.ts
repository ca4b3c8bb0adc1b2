import {
  ClientError,
  getDPoPHandle,
  pollBackchannelAuthenticationGrant,
  ResponseBodyError,
  randomDPoPKeyPair,
} from "openid-client";
import type { Exchange } from "../exchange.ts";
import { type Approved, approvedOf } from "./approved.ts";
import { Refusal, rethrown } from "./refusal.ts";
import type { Asked } from "./start.ts";

/**
 * Waits for the person's decision. Polls as the exchange asks (`interval`, `slow_down`, `Retry-After`) and goes on
 * when it cannot be reached for a while.
 *
 * @throws {Refusal} with outcome `declined`, `expired` or `ended`; the reason of `signal` when that aborts.
 * @see CIBA Core §10.1, §11
 */
export async function wait(
  exchange: Exchange,
  asked: Asked,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Approved> {
  const DPoP = getDPoPHandle(exchange, await randomDPoPKeyPair("ES256"));
  const over = AbortSignal.timeout(Math.max(0, Math.ceil(asked.expiresAt * 1_000 - Date.now())));
  const stop = signal === undefined ? over : AbortSignal.any([signal, over]);
  // openid-client looks at its signal between two polls; whoever waits for us need not wait that long
  const aborted = new Promise<never>((_, ended) => {
    const end = () => ended(stop.reason);
    if (stop.aborted) end();
    else stop.addEventListener("abort", end, { once: true });
  });
  const request = { auth_req_id: asked.auth_req_id, interval: asked.interval, expires_in: 0 };
  for (;;) {
    try {
      const granted = await Promise.race([
        pollBackchannelAuthenticationGrant(exchange, request, undefined, { DPoP, signal: stop }),
        aborted,
      ]);
      return approvedOf(exchange, granted, DPoP);
    } catch (failure) {
      signal?.throwIfAborted();
      if (over.aborted) throw new Refusal("expired_token", "nobody answered in time");
      if (!isPassing(failure)) await rethrown(failure);
    }
  }
}

/** The exchange or the way to it is down: its answer to the next poll may be another. */
export function isPassing(failure: unknown): boolean {
  if (failure instanceof ResponseBodyError) return failure.status >= 500 || failure.status === 429;
  if (failure instanceof ClientError) {
    return failure.code === "OAUTH_TIMEOUT" || (failure.cause instanceof Response && failure.cause.status >= 500);
  }
  if (failure instanceof DOMException) return failure.name === "TimeoutError";
  return failure instanceof TypeError && failure.cause instanceof Error;
}
