import { useRef } from "react";
import { useNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { markPassed, timeLeftWords } from "../words/time-left.ts";

/** Time left, seen at any moment and said aloud only at minutes and at twenty seconds. */
export function TimeLeft({ until, className = "pill" }: { readonly until: number; readonly className?: string }) {
  const left = until - useNow(1_000);
  const before = useRef(left);
  const said = useRef("");
  const text = leftWords(left);
  if (markPassed(before.current, left) !== undefined) said.current = text;
  before.current = left;
  return (
    <>
      <span className={className}>{text}</span>
      <span className="only-heard" role="status">
        {said.current}
      </span>
    </>
  );
}

/** The same without a voice: in lists. */
export const leftWords = (left: number): string => {
  const amount = timeLeftWords(left, locale);
  return amount === undefined ? words.app.timeOver : words.app.timeLeft(amount);
};
