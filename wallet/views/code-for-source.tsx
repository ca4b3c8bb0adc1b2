import { useRef } from "react";
import { to } from "../app/route.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { OneTimeCodeCard } from "../code/one-time-code.tsx";
import { locale, words } from "../messages/languages.ts";
import { Screen } from "../parts/screen.tsx";
import { list } from "../words/list.ts";

const EVERY_MS = 2_000;

/** "Add a source": a code to type on the source's page; this page notices when the source has arrived. */
export function CodeForSource({ forRequest }: { readonly forRequest?: string }) {
  const { wallet, appName } = useHere();
  const { value: sources } = useWatched(wallet.sources, EVERY_MS);
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
      <OneTimeCodeCard purpose="source" how={words.code.sourceHow} waiting={words.code.waitingSource} />
    </Screen>
  );
}
