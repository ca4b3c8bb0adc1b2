import { useRef, useState } from "react";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { OneTimeCodeCard } from "../code/one-time-code.tsx";
import { Places } from "../code/places.tsx";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import { list } from "../words/list.ts";

const EVERY_MS = 2_000;

/** "Add a source": a place to begin at, or a code to type on the source's page; this page notices when the source has arrived. */
export function AddSource({ forRequest }: { readonly forRequest?: string }) {
  const { wallet, appName } = useHere();
  const { value: sources } = useWatched(wallet.sources, EVERY_MS);
  const { value: places, refused } = useWatched(wallet.places);
  const [byCode, setByCode] = useState(false);
  const before = useRef<ReadonlySet<string>>(undefined);
  if (sources !== undefined) before.current ??= new Set(sources.map(({ id }) => id));
  const arrived = sources?.find(({ id }) => !before.current?.has(id));
  const back = forRequest === undefined ? to.home : to.request(forRequest);

  if (arrived !== undefined)
    return (
      <Screen appName={appName} title={words.code.arrivedHeading} back={to.home} backWords={words.app.home}>
        <div className="outcome good">
          <p>{words.code.arrived(arrived.name)}</p>
          {arrived.holds.length === 0 ? null : <p>{words.home.holds(list(arrived.holds, locale))}</p>}
        </div>
        <div className="stack">
          <a className="button yes" href={back}>
            {forRequest === undefined ? words.done.toHome : words.code.backToRequest}
          </a>
        </div>
      </Screen>
    );
  return (
    <Screen
      appName={appName}
      title={words.code.sourceHeading}
      back={back}
      backWords={forRequest === undefined ? words.app.home : words.app.back}
    >
      {places === undefined || places.length === 0 ? null : <Places places={places} />}
      {byCode || refused !== undefined || places?.length === 0 ? (
        <OneTimeCodeCard purpose="source" how={words.code.sourceHow} waiting={words.code.waitingSource} />
      ) : places === undefined ? null : (
        <section aria-labelledby="other-way">
          <h2 id="other-way">{words.code.otherWay}</h2>
          <p>{words.code.otherHow}</p>
          <Press wide onPress={() => setByCode(true)}>
            {words.code.showCode}
          </Press>
        </section>
      )}
    </Screen>
  );
}
