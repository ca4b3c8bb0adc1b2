import { amountWords } from "./duration.ts";

/** At these, in seconds, time left is said aloud: minutes, then 20 seconds (WCAG 4.1.3: not each second). */
const SAID_ALOUD = [600, 300, 120, 60, 20];

/** How much time is left in the largest unit that says enough: hours, minutes, and seconds only for the last twenty. */
export function timeLeftWords(secondsLeft: number, language: string): string | undefined {
  if (secondsLeft <= 0) return undefined;
  if (secondsLeft <= 20) return amountWords(Math.ceil(secondsLeft), "second", language);
  if (secondsLeft < 3_600) return amountWords(Math.ceil(secondsLeft / 60), "minute", language);
  if (secondsLeft < 48 * 3_600) return amountWords(Math.floor(secondsLeft / 3_600), "hour", language);
  return amountWords(Math.floor(secondsLeft / 86_400), "day", language);
}

/** The mark that was passed between two looks at the clock, if it is one to be said aloud. */
export function markPassed(before: number, now: number): number | undefined {
  return SAID_ALOUD.filter((mark) => before > mark && now <= mark && now > 0).at(-1);
}
