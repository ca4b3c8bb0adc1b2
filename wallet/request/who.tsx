import type { Notice } from "../../protocol/wallet.ts";
import type { LinkNotice } from "../../protocol/wallet-sources.ts";
import { secondsNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { Mark } from "../parts/mark.tsx";
import { clock, day, since } from "../words/dates.ts";
import { host } from "../words/host.ts";

/** Who asks, and for how long the exchange has known them. */
export function Who({
  client,
  heading = words.request.who,
}: {
  readonly client: LinkNotice["source"] & Partial<Notice["client"]>;
  readonly heading?: string;
}) {
  const { recent, words: when } = since(client.registeredAt, secondsNow(), locale);
  return (
    <section aria-labelledby="who">
      <h2 id="who">{heading}</h2>
      <div className="card item">
        <Mark name={client.name} logo={client.logo} />
        <span className="grow">
          <strong>{client.name}</strong>
          <span className="line small soft break">
            {client.uri === undefined ? words.request.noSite : host(client.uri)}
          </span>
          <span className="line small soft">
            {recent ? words.request.newHere(when) : words.request.hereSince(when)}
          </span>
          {client.namedBy === undefined ? null : (
            <span className="line small soft break">{words.namedBy[client.namedBy](client.vouchedBy ?? "")}</span>
          )}
        </span>
      </div>
    </section>
  );
}

/** Through whose eyes: the person's own, or somebody's whose name they must know (UMA). */
export function WhoSees({ client, party }: { readonly client: string; readonly party: Notice["requestingParty"] }) {
  if (party === undefined) return null;
  return (
    <section aria-labelledby="who-sees">
      <h2 id="who-sees">{words.request.whoSees}</h2>
      <p className={party.you ? "" : "outcome warn"}>
        {party.you
          ? words.request.you(day(party.at, locale), clock(party.at, locale))
          : words.request.somebody(party.name, client)}
      </p>
    </section>
  );
}

/** What the app shows on its own screen, to compare; without it, the one sentence that stops a trick (UX-39). */
export function Binding({ client, message }: { readonly client: string; readonly message: string | undefined }) {
  if (message === undefined) return <p className="outcome warn">{words.request.notStarted}</p>;
  return (
    <section className="outcome warn" aria-labelledby="binding">
      <h2 id="binding">{words.request.bindingHeading(client)}</h2>
      <p className="binding">{message}</p>
      <p className="small">{words.request.bindingHint}</p>
    </section>
  );
}
