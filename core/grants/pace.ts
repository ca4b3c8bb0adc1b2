import type { Exchange } from "../exchange.ts";
import type { GuardValue } from "../store.ts";

/** Seconds between polls told to the Client (CIBA Core §7.3), and what each early one adds (§11). */
export const INTERVAL = 5;
/** A network may bring two polls closer together than they were sent. */
const TOLERANCE_MS = 500;
/** Early polls before the Client is told that it is wrong. */
const PATIENCE = 10;

/** CIBA Core §11 while pending: too early adds 5 s to the interval; a Client that never listens gets invalid_request. An approval still works later (N-52). */
export async function paced(
  as: Pick<Exchange, "guards" | "nowMs">,
  requestId: string,
  expiresAt: number,
): Promise<"authorization_pending" | "slow_down" | "invalid_request"> {
  const key = `POLL#${requestId}`;
  const nowMs = as.nowMs();
  const { outcome, next } = pace(await as.guards.swap(key, onTime(nowMs), expiresAt), nowMs);
  if (next.interval > INTERVAL) await as.guards.put(key, next, expiresAt);
  return outcome;
}

/** Most polls are in time: what stands after such a one is written in the place of the last, without looking first. */
const onTime = (nowMs: number, interval = INTERVAL, early = 0) => ({
  notBeforeMs: nowMs + interval * 1000,
  interval,
  early,
});

/** What a poll is answered, and what stands after it; `last` is what stood before. */
export function pace(last: GuardValue | undefined, nowMs: number) {
  const { notBeforeMs = 0, interval = INTERVAL, early = 0 } = (last ?? {}) as Record<string, number>;
  if (nowMs >= notBeforeMs - TOLERANCE_MS)
    return { outcome: "authorization_pending" as const, next: onTime(nowMs, interval, early) };
  const slower = interval + INTERVAL;
  const outcome = early + 1 > PATIENCE ? ("invalid_request" as const) : ("slow_down" as const);
  return { outcome, next: { notBeforeMs: nowMs + slower * 1000, interval: slower, early: early + 1 } };
}
