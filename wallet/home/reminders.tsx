import type { ConsentView } from "../../protocol/wallet.ts";
import { to } from "../app/addresses.ts";
import { secondsNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { Mark } from "../parts/mark.tsx";
import { shortDay } from "../words/dates.ts";

/** What the person shares that wants to be thought of (UX-17): a card each. */
export function Reminders({ consents = [] }: { readonly consents: readonly ConsentView[] | undefined }) {
  const reminding = consents.filter(({ reminder }) => reminder !== undefined);
  if (reminding.length === 0) return null;
  return (
    <section aria-labelledby="reminders">
      <h2 id="reminders">{words.reminders.home}</h2>
      <ul className="plain stack">
        {reminding.map((consent) => (
          <li key={consent.id}>
            <a className="card item calling" href={to.consent(consent.id)}>
              <Mark name={consent.client} logo={consent.logo} />
              <span className="grow">
                <strong>{consent.client}</strong>
                <span className="line small soft">
                  {consent.reminder?.about === "end"
                    ? words.reminders.endsSoon(shortDay(consent.endsAt ?? 0, secondsNow(), locale))
                    : words.reminders.stillFine}
                </span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
