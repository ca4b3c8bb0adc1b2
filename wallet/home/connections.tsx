import type { ConsentView } from "../../protocol/wallet.ts";
import { to } from "../app/addresses.ts";
import { words } from "../messages/languages.ts";
import { ConsentItem } from "../parts/consent-item.tsx";

const ENDED_SHOWN = 3;

/** Who can see something now, and the last few who no longer can. */
export function Connections({ consents }: { readonly consents: readonly ConsentView[] | undefined }) {
  const connected = consents?.filter(isConnected);
  const ended = consents?.filter((consent) => !isConnected(consent)).slice(0, ENDED_SHOWN) ?? [];
  return (
    <section aria-labelledby="connected">
      <h2 id="connected">{words.home.connected}</h2>
      {connected?.length === 0 ? <p className="soft">{words.home.nothingConnected}</p> : null}
      {connected === undefined || connected.length === 0 ? null : (
        <ul className="list">
          {connected.map((consent) => (
            <ConsentItem key={consent.id} consent={consent} />
          ))}
        </ul>
      )}
      {ended.length === 0 ? null : (
        <>
          <h3>{words.home.ended}</h3>
          <ul className="list">
            {ended.map((consent) => (
              <ConsentItem key={consent.id} consent={consent} />
            ))}
          </ul>
        </>
      )}
      {consents === undefined || consents.length === 0 ? null : (
        <a className="quiet" href={to.consents}>
          {words.home.everything}
        </a>
      )}
    </section>
  );
}

/** Whether an app may still see something by this consent; a paused one can come back. */
export const isConnected = (consent: ConsentView): boolean => consent.state === "active" || consent.state === "paused";
