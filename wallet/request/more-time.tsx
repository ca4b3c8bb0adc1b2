import { useState } from "react";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { secondsNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import { clock, day } from "../words/dates.ts";
import { timeLeftWords } from "../words/time-left.ts";
import type { Stage } from "./soft-end.ts";

interface MoreTimeProps {
  readonly stage: Stage;
  readonly until: number;
  readonly onMore: () => unknown;
}

/** Twenty seconds before the time is over: a word of it where the buttons are, and one press for more (UX-38, WCAG 2.2.1). */
export function MoreTime({ stage, until, onMore }: MoreTimeProps) {
  const [given, setGiven] = useState(false);
  const more = () => {
    setGiven(true);
    onMore();
  };
  const warns = stage === "soon" || stage === "last";
  return (
    <>
      <div role="alert">
        {warns ? <p className="outcome warn">{stage === "soon" ? words.time.soon : words.time.last}</p> : null}
      </div>
      {stage === "soon" ? (
        <div className="more">
          <Press wide onPress={more}>
            {words.time.more}
          </Press>
        </div>
      ) : null}
      <p className="only-heard" role="status">
        {given && !warns ? words.time.given(timeLeftWords(until - secondsNow(), locale) ?? "") : ""}
      </p>
    </>
  );
}

interface StillThereProps {
  readonly client: string;
  readonly hardEnd: number;
  readonly onGoOn: () => unknown;
}

const HALF_A_DAY = 43_200;

/** The time to read was over: nothing is in sight any more, nothing is lost, and the request goes on with one press while the app waits. */
export function StillThere({ client, hardEnd, onGoOn }: StillThereProps) {
  const { appName } = useHere();
  return (
    <Screen appName={appName} title={words.time.pausedHeading}>
      <p className="lead">{words.time.pausedText}</p>
      <p>
        {hardEnd - secondsNow() < HALF_A_DAY
          ? words.time.waits(client, clock(hardEnd, locale))
          : words.time.waitsLong(client, day(hardEnd, locale), clock(hardEnd, locale))}
      </p>
      <div className="stack">
        <Press kind="yes" onPress={onGoOn}>
          {words.time.goOn}
        </Press>
        <a className="button" href={to.home}>
          {words.done.toHome}
        </a>
      </div>
    </Screen>
  );
}
