import { useState } from "react";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { FILTERS, type Filter, filterOf, found } from "../dashboard/found.ts";
import { words } from "../messages/languages.ts";
import { ConsentItem } from "../parts/consent-item.tsx";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import { TextEntry } from "../parts/text-entry.tsx";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";

const EVERY_MS = 60_000;
const SHOWN = 30;

/** Every app that asked, by how it stands and by what is looked for (UX-13). */
export function ConsentsScreen({ filter }: { readonly filter: Filter }) {
  const { wallet, appName } = useHere();
  const { value: consents, refused, look } = useWatched(wallet.consents, EVERY_MS);
  const [search, setSearch] = useState("");
  const [more, setMore] = useState({ filter, shown: SHOWN });
  if (consents === undefined)
    return refused === undefined ? <Starting /> : <DeadEnd appName={appName} because={refused} onRetry={look} />;

  const matching = found(consents, search);
  const of = (wanted: Filter) => matching.filter((consent) => wanted === "all" || filterOf(consent) === wanted);
  const fitting = of(filter);
  const shown = fitting.slice(0, more.filter === filter ? more.shown : SHOWN);
  return (
    <Screen appName={appName} title={words.consents.heading} back={to.home} backWords={words.app.home}>
      {consents.length === 0 ? null : (
        <div className="apart">
          <TextEntry
            name="search"
            type="search"
            label={words.dashboard.search}
            hint={words.dashboard.searchHint}
            autoComplete="off"
            onChange={setSearch}
          />
        </div>
      )}
      <nav className="segments" aria-label={words.consents.filter}>
        {FILTERS.map((one) => (
          <a key={one} className="segment" href={to.consentsOf(one)} aria-current={one === filter ? "page" : undefined}>
            {words.dashboard.filters[one]}
            <span className="small soft">{of(one).length}</span>
          </a>
        ))}
      </nav>
      <p className={fitting.length === 0 ? "soft apart" : "only-heard"} role="status">
        {fitting.length > 0
          ? words.dashboard.count(fitting.length)
          : search.trim() !== ""
            ? words.dashboard.notFound(search.trim())
            : words.dashboard.none[filter]}
      </p>
      {shown.length === 0 ? null : (
        <ul className="list apart">
          {shown.map((consent) => (
            <ConsentItem key={consent.id} consent={consent} />
          ))}
        </ul>
      )}
      {shown.length === fitting.length ? null : (
        <div className="under">
          <Press wide onPress={() => setMore({ filter, shown: shown.length + SHOWN })}>
            {words.dashboard.more(fitting.length - shown.length)}
          </Press>
        </div>
      )}
    </Screen>
  );
}
