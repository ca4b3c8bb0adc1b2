import { useCallback } from "react";
import { confirmation } from "../account/confirm.ts";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { Ending } from "../parts/ending.tsx";
import { Screen } from "../parts/screen.tsx";
import { list } from "../words/list.ts";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";

/** Everything that stops and goes, by name; then the word, and a passkey. */
export function DeleteWalletScreen() {
  const { wallet, me, appName, signOut } = useHere();
  const ask = useCallback(async () => {
    const [consents, sources] = await Promise.all([wallet.connected(), wallet.sources()]);
    return { apps: [...new Set(consents.map(({ client }) => client))], places: sources.map(({ name }) => name) };
  }, [wallet]);
  const { value, refused, look } = useWatched(ask);
  if (value === undefined)
    return refused === undefined ? <Starting /> : <DeadEnd appName={appName} because={refused} onRetry={look} />;

  const { apps, places } = value;
  const erase = async () => {
    await wallet.erase(await confirmation(wallet, "erase_account"));
    location.hash = to.erased;
    await signOut();
  };
  return (
    <Screen appName={appName} title={words.erase.heading} back={to.settings} backWords={words.settings.heading}>
      <p className="lead">{words.erase.intro}</p>
      <div className="card stack">
        <p>{apps.length === 0 ? words.erase.noApps : words.erase.apps(list(apps, locale))}</p>
        <p>{places.length === 0 ? words.erase.noPlaces : words.erase.places(list(places, locale))}</p>
        {apps.length + places.length === 0 ? null : <p>{words.erase.told}</p>}
        <p>{words.erase.gone}</p>
      </div>
      <p className="apart">
        <a className="quiet" href={to.exportAll}>
          {words.erase.keepCopy}
        </a>
      </p>
      <Ending
        possible
        words={{
          offer: words.erase.offer,
          heading: words.erase.sure(me.name),
          consequences: [words.erase.cannotUndo],
          keep: words.erase.keep,
          confirm: words.erase.confirm,
          working: words.erase.working,
          failed: words.erase.failed,
        }}
        end={erase}
        result=""
      />
    </Screen>
  );
}
