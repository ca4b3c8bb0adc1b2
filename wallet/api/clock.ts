/** A network may carry an answer this long: smaller differences tell nothing about this device's clock. */
const TOLERANCE_MS = 5_000;

let aheadMs = 0;

/** How far the exchange's clock is ahead of this device's, by the `Date` of an answer (RFC 9110 §6.6.1), which knows whole seconds; 0 where that is close. */
export function aheadBy(date: string | null, nowMs: number): number {
  const difference = Date.parse(date ?? "") + 500 - nowMs;
  return Math.abs(difference) > TOLERANCE_MS ? difference : 0;
}

/** Every answer tells the time again. */
export function heard(answer: Response): void {
  aheadMs = aheadBy(answer.headers.get("date"), Date.now());
}

/** Milliseconds since the epoch by the exchange's clock: a wrong one on the device makes no wrong time left, and no proof that is refused. */
export const nowMs = (): number => Date.now() + aheadMs;
