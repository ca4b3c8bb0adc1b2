import type { ConsentView } from "../../protocol/wallet.ts";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { isConnected } from "../home/connections.tsx";
import { locale, words } from "../messages/languages.ts";
import { ConsentItem } from "../parts/consent-item.tsx";
import { Screen } from "../parts/screen.tsx";
import { day } from "../words/dates.ts";
import { list } from "../words/list.ts";

/** After a yes, in words: who now sees what, from where, until when, and where to stop it. */
export function Approved({ consent, elsewhere }: { readonly consent: ConsentView; readonly elsewhere: boolean }) {
  const { appName } = useHere();
  const { client, kinds, endsAt, signIn } = consent;
  const titles = kinds.map((kind) => kind.title);
  const sources = [...new Set(kinds.flatMap((kind) => kind.sources))];
  return (
    <Screen appName={appName} title={signIn ? words.signIn.doneHeading(client) : words.done.approvedHeading(client)}>
      <div className="outcome good">
        <p>{signIn ? words.signIn.doneText(client) : words.done.approvedWhat(client, list(titles, locale))}</p>
        {sources.length === 0 ? null : <p>{words.done.approvedFrom(list(sources, locale))}</p>}
        {endsAt === undefined || signIn ? null : <p>{words.done.approvedUntil(day(endsAt, locale))}</p>}
      </div>
      <p className="lead">{elsewhere ? words.done.otherGoesOn : words.done.goBack(client)}</p>
      <p>{words.done.approvedStop}</p>
      <div className="stack">
        <a className="button" href={to.consent(consent.id)}>
          {words.done.stopHere(client)}
        </a>
        <a className="button yes" href={to.home}>
          {words.done.toHome}
        </a>
      </div>
    </Screen>
  );
}

export interface DeclinedRequest {
  readonly client: string;
  readonly notMe: boolean;
  readonly isChange: boolean;
  readonly elsewhere: boolean;
}

/** After a no, or after "I did not start this": nothing was shared, or nothing changed, and what the app learns. */
export function Declined({ client, notMe, isChange, elsewhere }: DeclinedRequest) {
  const { appName } = useHere();
  const learns = isChange ? words.change.declinedText(client) : words.done.declinedText(client);
  const told = elsewhere ? words.done.otherGoesBack(client) : learns;
  return (
    <Screen appName={appName} title={notMe ? words.done.notMeHeading : words.done.declinedHeading}>
      <p className="outcome good">{notMe ? words.done.notMeText(client) : told}</p>
      {notMe ? <StillSees client={client} /> : null}
      {notMe && elsewhere ? <p className="lead">{words.done.otherStops}</p> : null}
      <div className="stack">
        <a className="button yes" href={to.home}>
          {words.done.toHome}
        </a>
      </div>
    </Screen>
  );
}

/** What the same app sees by other permissions, which that answer leaves as they are. */
function StillSees({ client }: { readonly client: string }) {
  const { wallet } = useHere();
  const { value = [] } = useWatched(wallet.connected);
  const others = value.filter((consent) => consent.client === client && isConnected(consent));
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="still">
      <h2 id="still">{words.muted.still(client)}</h2>
      <ul className="plain list">
        {others.map((consent) => (
          <ConsentItem key={consent.id} consent={consent} />
        ))}
      </ul>
    </section>
  );
}
