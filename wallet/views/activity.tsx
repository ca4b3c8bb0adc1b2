import { useState } from "react";
import { type ActivityEntry, activityKinds } from "../../protocol/wallet-activity.ts";
import { Choice } from "../activity/choice.tsx";
import { Entry } from "../activity/entry.tsx";
import { SaveActivity } from "../activity/save.tsx";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import { day } from "../words/dates.ts";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";

const EVERY_MS = 60_000;
const PAGE = 50;
const ALL = "";
const KINDS = [...new Set(Object.values(activityKinds))];

/** Everything that happened, newest first, by day (UX-16). */
export function ActivityScreen() {
  const { wallet, appName } = useHere();
  const { value, refused, look } = useWatched(wallet.activity, EVERY_MS);
  const [app, setApp] = useState(ALL);
  const [kind, setKind] = useState(ALL);
  const [most, setMost] = useState(PAGE);
  if (value === undefined)
    return refused === undefined ? <Starting /> : <DeadEnd appName={appName} because={refused} onRetry={look} />;

  const { entries, more } = value;
  const apps = [...new Set(entries.flatMap((entry) => entry.app ?? []))].sort((a, b) => a.localeCompare(b, locale));
  const wanted = entries.filter(
    (entry) => (app === ALL || entry.app === app) && (kind === ALL || activityKinds[entry.what] === kind),
  );
  const days = byDay(wanted.slice(0, most));
  return (
    <Screen appName={appName} title={words.activity.heading} back={to.home} backWords={words.app.home}>
      <p className="lead soft">{words.activity.intro}</p>
      <div className="pair">
        <Choice
          label={words.activity.byApp}
          value={app}
          options={[[ALL, words.activity.everyApp], ...apps.map((name) => [name, name] as const)]}
          onChoose={setApp}
        />
        <Choice
          label={words.activity.byKind}
          value={kind}
          options={[[ALL, words.activity.everything], ...KINDS.map((one) => [one, words.activity.kinds[one]] as const)]}
          onChoose={setKind}
        />
      </div>
      <p className="soft small apart" role="status">
        {words.activity.found(wanted.length)}
      </p>
      {days.map(([heading, ofDay]) => (
        <section key={heading}>
          <h2>{heading}</h2>
          <ul className="list">
            {ofDay.map((entry) => (
              <Entry key={`${entry.at} ${entry.what} ${entry.consent} ${entry.place} ${entry.device}`} entry={entry} />
            ))}
          </ul>
        </section>
      ))}
      {wanted.length > most ? (
        <Press wide onPress={() => setMost(most + PAGE)}>
          {words.activity.more}
        </Press>
      ) : null}
      {more === undefined ? null : <p className="soft small">{words.activity.older}</p>}
      {wanted.length === 0 ? null : <SaveActivity entries={wanted} />}
    </Screen>
  );
}

function byDay(entries: readonly ActivityEntry[]): readonly (readonly [string, readonly ActivityEntry[]])[] {
  const days = new Map<string, ActivityEntry[]>();
  for (const entry of entries) {
    const heading = day(entry.at, locale);
    days.set(heading, [...(days.get(heading) ?? []), entry]);
  }
  return [...days];
}
