import { useRef } from "react";
import { useNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { markPassed, timeLeftWords } from "../words/time-left.ts";

interface TimeLeftProps {
  readonly until: number;
  readonly className?: string;
  readonly says?: (left: number) => string;
}

/** Time left, seen at any moment and said aloud only at minutes and at twenty seconds. */
export function TimeLeft({ until, className = "pill", says = leftWords }: TimeLeftProps) {
  const left = until - useNow(1_000);
  const before = useRef(left);
  const said = useRef("");
  const text = says(left);
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

/** The same without a voice. */
export const leftWords = (left: number): string => inWords(left, words.app.timeLeft);

/** Until the app's own end of a request, wherever a person reads of it: in the list and on its screen. */
export const leftToAnswer = (left: number): string => inWords(left, words.time.toAnswer);

function inWords(left: number, says: (amount: string) => string): string {
  const amount = timeLeftWords(left, locale);
  return amount === undefined ? words.app.timeOver : says(amount);
}
