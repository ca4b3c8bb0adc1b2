import type { ConsentView, ToldParty } from "../../protocol/wallet.ts";
import { secondsNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { clock, shortDay } from "../words/dates.ts";

/** Who has heard of the end: how many, then one line for each. */
export function Told({ state, told = [] }: Pick<ConsentView, "state" | "told">) {
  if (told.length === 0) return null;
  const says = words.consent.told;
  const heard = told.filter(({ heardAt }) => heardAt !== undefined).length;
  return (
    <dl>
      <dt>{state === "ended" ? says.ended : says.left}</dt>
      <dd>
        {says.count(heard, told.length)}
        {[...new Set(told.map(lineOf))].map((line) => (
          <span key={line} className="line small soft">
            {line}
          </span>
        ))}
      </dd>
    </dl>
  );
}

function lineOf({ name, heardAt, waits }: ToldParty): string {
  const says = words.consent.told;
  if (heardAt !== undefined)
    return says.heard(name, `${shortDay(heardAt, secondsNow(), locale)}, ${clock(heardAt, locale)}`);
  return waits ? says.waits(name) : says.asks(name);
}
