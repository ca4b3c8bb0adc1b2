import { useRef } from "react";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { OneTimeCodeCard } from "../code/one-time-code.tsx";
import { words } from "../messages/languages.ts";
import { MutedApps } from "../muted/muted-apps.tsx";
import { Screen } from "../parts/screen.tsx";

const EVERY_MS = 2_000;

/** "Connect an app": a code to type into the app; this page notices when the app asks. */
export function CodeForApp() {
  const { wallet, appName } = useHere();
  const { value: requests } = useWatched(wallet.requests, EVERY_MS);
  const before = useRef<ReadonlySet<string>>(undefined);
  if (requests !== undefined) before.current ??= new Set(requests.map(({ id }) => id));
  const asking = requests?.find(({ id }) => !before.current?.has(id));
  return (
    <Screen appName={appName} title={words.code.appHeading} back={to.home} backWords={words.app.home}>
      <div role="status">
        {asking === undefined ? null : (
          <div className="outcome good">
            <p>{words.code.asksNow(asking.client)}</p>
            <a className="button yes" href={to.request(asking.id)}>
              {words.code.look}
            </a>
          </div>
        )}
      </div>
      {asking === undefined ? (
        <>
          <MutedApps />
          <OneTimeCodeCard purpose="app" how={words.code.appHow} waiting={words.code.waitingApp} />
        </>
      ) : null}
    </Screen>
  );
}
