import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { isConnected } from "../home/connections.tsx";
import { words } from "../messages/languages.ts";
import { ConsentItem } from "../parts/consent-item.tsx";
import { Screen } from "../parts/screen.tsx";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";

const EVERY_MS = 15_000;

/** Every app that asked: those that can see something now, and those before. */
export function ConsentsScreen({ ended }: { readonly ended: boolean }) {
  const { wallet, appName } = useHere();
  const { value: consents, refused, look } = useWatched(wallet.consents, EVERY_MS);
  if (consents === undefined)
    return refused === undefined ? <Starting /> : <DeadEnd appName={appName} because={refused} onRetry={look} />;
  const shown = consents.filter((consent) => isConnected(consent) !== ended);
  return (
    <Screen appName={appName} title={words.consents.heading} back={to.home} backWords={words.app.home}>
      <nav className="segments" aria-label={words.consents.filter}>
        <a className="segment" href={to.consents} aria-current={ended ? undefined : "page"}>
          {words.consents.now}
        </a>
        <a className="segment" href={to.endedConsents} aria-current={ended ? "page" : undefined}>
          {words.consents.before}
        </a>
      </nav>
      {shown.length === 0 ? (
        <p className="soft apart">{ended ? words.consents.noneBefore : words.home.nothingConnected}</p>
      ) : (
        <ul className="list apart">
          {shown.map((consent) => (
            <ConsentItem key={consent.id} consent={consent} />
          ))}
        </ul>
      )}
    </Screen>
  );
}
