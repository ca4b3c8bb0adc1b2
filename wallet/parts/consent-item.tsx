import type { ConsentView } from "../../protocol/wallet.ts";
import { to } from "../app/addresses.ts";
import { secondsNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { clock, shortDay } from "../words/dates.ts";
import { list } from "../words/list.ts";
import { Mark } from "./mark.tsx";

/** One app in a list: who, what from where, and how it stands. */
export function ConsentItem({ consent }: { readonly consent: ConsentView }) {
  const kinds = consent.kinds.map((kind) => kind.title);
  const titles = consent.signIn ? words.signIn.title : list(kinds, locale);
  const sources = [...new Set(consent.kinds.flatMap((kind) => kind.sources))];
  return (
    <li>
      <a className="item" href={to.consent(consent.id)}>
        <Mark name={consent.client} logo={consent.logo} />
        <span className="grow">
          <strong>{consent.client}</strong>
          <span className="line small soft">
            {sources.length === 0 ? titles : words.consents.from(titles, list(sources, locale))}
          </span>
          {consent.decidedAt === undefined || consent.state === "declined" ? null : (
            <span className="line small soft">{words.consents.given(moment(consent.decidedAt))}</span>
          )}
          {consent.lastUsedAt === undefined ? null : (
            <span className="line small soft">{words.uses.last(moment(consent.lastUsedAt))}</span>
          )}
          <span className={consent.state === "active" && !consent.notInUse ? "pill" : "pill off"}>
            {standing(consent)}
          </span>
        </span>
      </a>
    </li>
  );
}

/** Two permissions of one app are told apart by when they were given. */
const moment = (at: number) => `${shortDay(at, secondsNow(), locale)}, ${clock(at, locale)}`;

/** How it stands in two or three words. */
export function standing({ state, endsAt, endedBy, notInUse, signIn }: ConsentView): string {
  if (state === "active" && notInUse) return words.consents.notInUse;
  if (state === "active" && endsAt !== undefined)
    return signIn
      ? words.consents.untilClock(clock(endsAt, locale))
      : words.consents.untilShort(shortDay(endsAt, secondsNow(), locale));
  if (state === "paused") return words.consents.paused;
  if (state === "declined") return words.consents.ended[endedBy ?? "declined"];
  return endedBy === undefined ? words.consents.endedPlain : words.consents.ended[endedBy];
}
