import type { ConsentView } from "../../protocol/wallet.ts";
import { secondsNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { clock, shortDay } from "../words/dates.ts";

/** What happened to it, newest first (UX-14). */
export function ConsentHistory({ consent }: { readonly consent: ConsentView }) {
  const { history = [], client } = consent;
  if (history.length === 0) return null;
  return (
    <details className="same">
      <summary>{words.life.history.heading}</summary>
      <ul className="plain stack">
        {history.map(({ at, what }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two things of one second have nothing else to tell them apart
          <li key={`${at} ${what} ${place}`}>
            <span className="line">{words.life.history.what[what](client)}</span>
            <span className="line small soft">{`${shortDay(at, secondsNow(), locale)}, ${clock(at, locale)}`}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
