import type { ConsentView } from "../../protocol/wallet.ts";
import type { ToldParty } from "../../protocol/wallet-told.ts";
import { secondsNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { clock, shortDay } from "../words/dates.ts";

/** Who has heard of the end: how many, then one line for each. */
export function Told({ state, told = [] }: Pick<ConsentView, "state" | "told">) {
  if (told.length === 0) return null;
  const heard = told.filter(({ heardAt }) => heardAt !== undefined).length;
  const lines = new Map(told.map((party) => [`${party.name} ${party.heardAt}`, party]));
  return (
    <dl>
      <dt>{state === "ended" ? words.consent.told.ended : words.consent.told.left}</dt>
      <dd>
        <strong>{words.consent.told.count(heard, told.length)}</strong>
      </dd>
      {[...lines].map(([key, party]) => (
        <dd key={key} className="under">
          {party.name}
          <span className="line small soft">{hearing(party)}</span>
        </dd>
      ))}
    </dl>
  );
}

function hearing({ heardAt, waits }: ToldParty): string {
  if (heardAt !== undefined)
    return words.consent.told.heard(`${shortDay(heardAt, secondsNow(), locale)}, ${clock(heardAt, locale)}`);
  return waits ? words.consent.told.waits : words.consent.told.asks;
}
