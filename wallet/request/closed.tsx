import type { ClosedRequest } from "../../protocol/wallet-closed.ts";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { locale, words } from "../messages/languages.ts";
import { Screen } from "../parts/screen.tsx";
import { clock, day } from "../words/dates.ts";

/** A request that was opened again after its end: what was answered, when, what became of it since, and the way to it (UX-18). */
export function ClosedRequestScreen({ closed }: { readonly closed: ClosedRequest }) {
  const { appName } = useHere();
  const { client, change, answer, at, since, consent } = closed;
  return (
    <Screen appName={appName} title={words.closed.heading[answer]}>
      <p className="lead">{words.closed[change ? "change" : "asked"][answer](client, when(at))}</p>
      {since === undefined ? null : <p>{words.closed.since[since.by]?.(client, when(since.at))}</p>}
      <div className="stack">
        <a className="button" href={to.consent(consent)} aria-label={words.closed.lookAt(client)}>
          {words.closed.look}
        </a>
        <a className="button yes" href={to.home}>
          {words.done.toHome}
        </a>
      </div>
    </Screen>
  );
}

const when = (at: number): string => words.closed.when(day(at, locale), clock(at, locale));
