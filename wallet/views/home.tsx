import { RecoveryReminder } from "../account/reminder.tsx";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { secondsNow, useWatched, type Watched } from "../app/watch.ts";
import { Connections } from "../home/connections.tsx";
import { Reminders } from "../home/reminders.tsx";
import { Sources } from "../home/sources.tsx";
import { Waiting } from "../home/waiting.tsx";
import { words } from "../messages/languages.ts";
import { Mark } from "../parts/mark.tsx";
import { Screen } from "../parts/screen.tsx";
import { Way } from "../parts/way.tsx";
import { partOfDay } from "../words/dates.ts";

const REQUESTS_EVERY_MS = 3_000;
const THE_REST_EVERY_MS = 15_000;

/** Home: what waits, what is connected, where the data is. It looks by itself, so it works with push off. */
export function HomeScreen() {
  const { wallet, me, appName } = useHere();
  const requests = useWatched(wallet.requests, REQUESTS_EVERY_MS);
  const consents = useWatched(wallet.lately, THE_REST_EVERY_MS);
  const sources = useWatched(wallet.sources, THE_REST_EVERY_MS);
  const refused = [requests, consents, sources].map((seen) => seen.refused).find((kind) => kind !== undefined);

  return (
    <Screen
      appName={appName}
      title={words.home.greeting[partOfDay(secondsNow())](me.name)}
      beside={<Mark name={me.name} round />}
    >
      <p className="outcome warn" role="status" hidden={refused === undefined}>
        {refused === undefined ? "" : words.home.unreachable[refused === "offline" ? "offline" : "busy"]}
      </p>
      <Waiting requests={requests.value} />
      {answered(requests) ? <RecoveryReminder /> : null}
      {answered(requests, consents) ? <Reminders consents={consents.value} /> : null}
      {answered(requests, consents) ? <Connections consents={consents.value} /> : null}
      {answered(requests, consents) ? <Sources sources={sources.value} /> : null}
      <nav hidden={!answered(requests, consents, sources)} className="apart list" aria-label={words.home.more}>
        <Way to={to.connect} name={words.code.appHeading} hint={words.home.connectHint} />
        <Way to={to.openLink} name={words.openLink.heading} hint={words.home.openLinkHint} />
        <Way to={to.activity} name={words.activity.heading} hint={words.activity.hint} />
        <Way to={to.settings} name={words.settings.heading} />
      </nav>
    </Screen>
  );
}

/** What stands below waits for what is above it: nothing moves from under a finger. */
const answered = (...seen: readonly Watched<unknown>[]) =>
  seen.every(({ value, refused }) => value !== undefined || refused !== undefined);
