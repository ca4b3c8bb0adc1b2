import { secondsNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { since } from "../words/dates.ts";

/** Since when a place is one of the person's sources. */
export function linked(at: number): string {
  const { recent, words: when } = since(at, secondsNow(), locale);
  return words.home.linked(recent, when);
}
