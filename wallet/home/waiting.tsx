import type { WaitingRequest } from "../../protocol/wallet.ts";
import { to } from "../app/addresses.ts";
import { useNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { Mark } from "../parts/mark.tsx";
import { leftToAnswer } from "../parts/time-left.tsx";
import { list } from "../words/list.ts";

/** The requests that wait for an answer, each with the time left. */
export function Waiting({ requests }: { readonly requests: readonly WaitingRequest[] | undefined }) {
  const now = useNow(1_000);
  const waiting = requests?.filter((request) => request.expiresAt > now);
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{words.home.waiting}</h2>
      <p className="only-heard" role="status">
        {waiting === undefined ? "" : words.home.waitingCount(waiting.length)}
      </p>
      {waiting?.length === 0 ? <p className="soft">{words.home.nothingWaiting}</p> : null}
      <ul className="plain stack">
        {waiting?.map((request) => (
          <li key={request.id}>
            <a className="card item calling" href={to.request(request.id)}>
              <Mark name={request.client} logo={request.logo} />
              <span className="grow">
                <strong>{request.client}</strong>
                <span className="line small soft">
                  {request.signIn ? words.signIn.asks : words.home.asksFor(list(request.titles, locale))}
                </span>
                <span className="pill">{leftToAnswer(request.expiresAt - now)}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
