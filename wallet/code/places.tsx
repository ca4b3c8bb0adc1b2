import type { Place } from "../../protocol/wallet-sources.ts";
import { words } from "../messages/languages.ts";
import { Icon } from "../parts/icon.tsx";
import { Mark } from "../parts/mark.tsx";
import { host } from "../words/host.ts";

/** The places that can be connected from here. Each opens in a browser of its own, which learns nothing from this page (OIDC Core §4). */
export function Places({ places }: { readonly places: readonly Place[] }) {
  return (
    <section aria-labelledby="places">
      <h2 id="places">{words.code.places}</h2>
      <p className="soft small">{words.code.placesHint}</p>
      <ul className="list">
        {places.map(({ name, logo, uri, startAt, connected }) => (
          <li key={startAt}>
            <a className="item" href={startAt} target="_blank" rel="noopener noreferrer">
              <Mark name={name} logo={logo} />
              <span className="grow">
                <strong>{name}</strong>
                {uri === undefined ? null : <span className="line small soft break">{host(uri)}</span>}
                {connected ? <span className="pill off">{words.code.placeConnected}</span> : null}
              </span>
              <Icon name="forward" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
