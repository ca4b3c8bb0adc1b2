import type { Source } from "../../protocol/wallet-sources.ts";
import { to } from "../app/addresses.ts";
import { locale, words } from "../messages/languages.ts";
import { Icon } from "../parts/icon.tsx";
import { linked } from "../parts/linked.ts";
import { Mark } from "../parts/mark.tsx";
import { list } from "../words/list.ts";

/** The places that hold the person's data, and the way to add one. */
export function Sources({ sources }: { readonly sources: readonly Source[] | undefined }) {
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">{words.home.sources}</h2>
      {sources === undefined ? null : (
        <p className="soft small">{sources.length === 0 ? words.home.noSources : words.home.sourcesHint}</p>
      )}
      <ul className="list">
        {sources?.map((source) => (
          <li key={source.id}>
            <a className="item" href={to.source(source.id)}>
              <Mark name={source.name} logo={source.logo} />
              <span className="grow">
                <strong>{source.name}</strong>
                <span className="line small soft">
                  {source.holds.length === 0 ? words.home.holdsNothing : words.home.holds(list(source.holds, locale))}
                </span>
                <span className="line small soft">{linked(source.linkedAt)}</span>
              </span>
            </a>
          </li>
        ))}
        <li>
          <a className="item action" href={to.addSource}>
            <Icon name="plus" />
            {words.code.sourceHeading}
          </a>
        </li>
      </ul>
    </section>
  );
}
