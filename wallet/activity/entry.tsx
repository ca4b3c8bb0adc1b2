import type { ActivityEntry } from "../../protocol/wallet-activity.ts";
import { to } from "../app/addresses.ts";
import { locale, words } from "../messages/languages.ts";
import { clock } from "../words/dates.ts";
import { list } from "../words/list.ts";
import { sentence } from "./sentence.ts";

/** One thing that happened; its permission's screen has the rest. */
export function Entry({ entry }: { readonly entry: ActivityEntry }) {
  const { at, titles = [], times, consent } = entry;
  const about = [
    ...(titles.length === 0 ? [] : [list(titles, locale)]),
    ...(times ? [words.activity.times(times)] : []),
  ];
  const says = (
    <span className="grow">
      <strong>{sentence(entry)}</strong>
      {about.map((line) => (
        <span key={line} className="line small soft">
          {line}
        </span>
      ))}
      <span className="line small soft">{clock(at, locale)}</span>
    </span>
  );
  return (
    <li>
      {consent === undefined ? (
        <div className="item">{says}</div>
      ) : (
        <a className="item" href={to.consent(consent)}>
          {says}
        </a>
      )}
    </li>
  );
}
