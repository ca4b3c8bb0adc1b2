import { useCallback, useState } from "react";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { Ending } from "../parts/ending.tsx";
import { linked } from "../parts/linked.ts";
import { Mark } from "../parts/mark.tsx";
import { Screen } from "../parts/screen.tsx";
import { list } from "../words/list.ts";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";

const EVERY_MS = 60_000;

/** One source: what it holds, since when, and the way to disconnect it. */
export function SourceScreen({ id }: { readonly id: string }) {
  const { wallet, me, appName, signOut } = useHere();
  const ask = useCallback(
    async () => (await wallet.sources()).find((source) => source.id === id) ?? null,
    [wallet, id],
  );
  const { value, refused, look } = useWatched(ask, EVERY_MS);
  const [ended, setEnded] = useState(false);

  if (value === undefined && refused === undefined) return <Starting />;
  if (value === undefined || value === null)
    return (
      <DeadEnd
        appName={appName}
        because={refused ?? "not_found"}
        personName={me.name}
        onRetry={look}
        onSignOut={signOut}
      />
    );
  const { name, logo, holds, linkedAt } = value;
  return (
    <Screen appName={appName} title={name} back={to.home} beside={<Mark name={name} logo={logo} />}>
      <p className="lead soft">{linked(linkedAt)}</p>
      <section>
        <h2>{words.source.holds}</h2>
        <p>{holds.length === 0 ? words.home.holdsNothing : list(holds, locale)}</p>
      </section>
      <Ending
        possible={!ended}
        words={{
          offer: words.source.end,
          heading: words.source.endHeading(name),
          consequences: [words.source.stopsNow(name), words.source.keeps(name), words.source.again],
          keep: words.source.keep,
          confirm: words.source.confirm,
          working: words.source.working,
          failed: words.source.failed,
        }}
        end={() => wallet.unlinkSource(id).then(() => setEnded(true))}
        result={words.source.ended(name)}
      />
    </Screen>
  );
}
