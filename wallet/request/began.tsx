import type { Began as BeganView } from "../../protocol/wallet-asks.ts";
import { locale, words } from "../messages/languages.ts";
import { clock, day } from "../words/dates.ts";
import { StartedElsewhere } from "./started-elsewhere.tsx";

interface BeganProps {
  readonly client: string;
  readonly began: BeganView | undefined;
}

/** When the app asked, which we know, and where from, which only it says (UX-37): whoever did not start this sees it here. */
export function Began({ client, began }: BeganProps) {
  if (began === undefined) return null;
  if (began.elsewhere) return <StartedElsewhere client={client} at={began.at} />;
  const said = [began.device, began.location].filter((text) => text !== undefined);
  return (
    <section aria-labelledby="began">
      <h2 id="began">{words.began.heading}</h2>
      <p>{words.began.at(day(began.at, locale), clock(began.at, locale))}</p>
      {said.length === 0 ? null : (
        <>
          <p className="under">{words.began.says(client)}</p>
          <ul className="said">
            {said.map((text) => (
              <li key={text} className="break">
                <bdi>{text}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
