import type { CountedParty, UsesView } from "../../protocol/wallet-uses.ts";
import { secondsNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { clock, shortDay } from "../words/dates.ts";

/** When it was used and how often, place by place; and who tried when it was over (UX-14, UX-16). */
export function ConsentUses({ uses }: { readonly uses: UsesView | undefined }) {
  if (uses === undefined) return null;
  const { times, lastAt, sources, collected, refused } = uses;
  return (
    <div className="card terms">
      <dl>
        <dt>{words.uses.heading}</dt>
        <dd>
          <strong>{lastAt === undefined ? words.uses.never : words.uses.last(moment(lastAt))}</strong>
          <span className="line small soft">{words.uses.count(times)}</span>
        </dd>
        {sources.map((source) => (
          <Line key={source.name} {...source} says={words.uses.asked} />
        ))}
        {collected === undefined ? null : (
          <dd className="small soft">{words.uses.collected(collected.times, moment(collected.lastAt))}</dd>
        )}
      </dl>
      {refused.length === 0 ? null : (
        <dl>
          <dt>{words.uses.refused}</dt>
          {refused.map((party) => (
            <Line key={`${party.name} ${party.app}`} {...party} says={words.uses.tried} />
          ))}
          <dd className="small soft">{words.uses.gotNothing}</dd>
        </dl>
      )}
    </div>
  );
}

function Line({ name, times, lastAt, says }: CountedParty & { says: (times: number, when: string) => string }) {
  return (
    <dd>
      {name}
      <span className="line small soft">{says(times, moment(lastAt))}</span>
    </dd>
  );
}

const moment = (at: number) => `${shortDay(at, secondsNow(), locale)}, ${clock(at, locale)}`;
