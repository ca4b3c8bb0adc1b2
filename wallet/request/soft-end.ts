import { useState } from "react";
import { secondsNow, useNow } from "../app/watch.ts";

/** UX-38: a request is read for so many seconds, and so many more with each press, up to the hard end told to the app. */
const SOFT_LIFE = 300;
/** So long before, there is a word of it (WCAG 2.2.1). */
const WARNED = 20;

/** `soon` can be put off; `last` cannot, for it is the app's own end. */
export type Stage = "reading" | "soon" | "paused" | "last" | "over";

/** Where between its two ends the reading of a request is. */
export function stageOf(now: number, softEnd: number, hardEnd: number): Stage {
  if (now >= hardEnd) return "over";
  if (softEnd < hardEnd) return now >= softEnd ? "paused" : softEnd - now <= WARNED ? "soon" : "reading";
  return hardEnd - now <= WARNED ? "last" : "reading";
}

/** The soft end of a reading that begins or goes on now. */
export const softEndFrom = (now: number, hardEnd: number): number => Math.min(now + SOFT_LIFE, hardEnd);

/** The countdown of one screen. What was chosen on it is not its business, and stays. */
export function useSoftEnd(hardEnd: number) {
  const [softEnd, setSoftEnd] = useState(() => softEndFrom(secondsNow(), hardEnd));
  const now = useNow(1_000);
  // The hard end is read anew with the screen: no soft one is after it.
  const until = Math.min(softEnd, hardEnd);
  return {
    until,
    stage: stageOf(now, until, hardEnd),
    extend: () => setSoftEnd(softEndFrom(secondsNow(), hardEnd)),
  };
}
