import type { ConsentView } from "../../protocol/wallet.ts";
import { isConnected } from "../home/connections.tsx";
import { locale, words } from "../messages/languages.ts";
import { clock, day } from "../words/dates.ts";
import { Told } from "./told.tsx";

/** What a consent says, as a list of terms. */
export function ConsentTerms({ consent }: { readonly consent: ConsentView }) {
  const heading = isConnected(consent) && !consent.signIn ? words.consent.what : words.consent.whatEnded;
  return (
    <div className="card terms">
      {consent.signIn ? (
        <dl>
          <dt>{heading}</dt>
          <dd>
            <strong>{words.signIn.title}</strong>
          </dd>
        </dl>
      ) : null}
      {consent.kinds.map(({ title, actions, purpose, sources, disconnected = [] }) => (
        <dl key={title}>
          <dt>{heading}</dt>
          <dd>
            <strong>{title}</strong>
            {actions.map((action) => (
              <span key={action} className="line">
                {action}
              </span>
            ))}
          </dd>
          <dt>{words.request.why}</dt>
          <dd>{purpose}</dd>
          {sources.length === 0 ? null : (
            <>
              <dt>{words.request.where}</dt>
              {sources.map((source) => (
                <dd key={source}>
                  {source}
                  {disconnected.includes(source) ? (
                    <span className="line small soft">{words.consent.disconnected}</span>
                  ) : null}
                </dd>
              ))}
            </>
          )}
        </dl>
      ))}
      <dl>
        <dt>{words.consent.when}</dt>
        {moments(consent).map((moment) => (
          <dd key={moment}>{moment}</dd>
        ))}
      </dl>
      <Told {...consent} />
    </div>
  );
}

function moments({ state, createdAt, decidedAt, pausedAt, endsAt, endedAt }: ConsentView): readonly string[] {
  const saidYes = decidedAt !== undefined && state !== "declined";
  return [
    saidYes ? words.consent.sinceDay(day(decidedAt, locale)) : words.consent.askedDay(day(createdAt, locale)),
    ...(state === "paused" && pausedAt !== undefined
      ? [words.life.pausedDay(day(pausedAt, locale), clock(pausedAt, locale))]
      : []),
    ...(endsAt !== undefined && endedAt === undefined && saidYes ? [words.consent.untilDay(day(endsAt, locale))] : []),
    ...(endedAt === undefined || !saidYes
      ? []
      : [words.consent.endedDay(day(endedAt, locale), clock(endedAt, locale))]),
  ];
}
