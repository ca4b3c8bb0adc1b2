import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import type { Notice } from "../../protocol/wallet.ts";
import { secondsNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { clock, day } from "../words/dates.ts";
import { durationWords } from "../words/duration.ts";
import type { Choice, Choices } from "./choices.ts";
import { endDiffers } from "./difference.ts";

interface HowLongProps {
  readonly notice: Notice;
  readonly choices: Choices;
  readonly choose: (choice: Choice) => void;
}

const TWO_DAYS = 172_800;

/** For how long: the app's wish is chosen, a shorter time is one tap away (UX-05). */
export function HowLong({ notice, choices, choose }: HowLongProps) {
  const { durations } = notice;
  const endsAt = durations[choices.duration]?.endsAt;
  const difference = endsAt === undefined ? undefined : endDiffers(notice, endsAt);
  return (
    <section aria-labelledby="how-long">
      <h2 id="how-long">
        {words.request.howLong}
        {difference === "longer" || difference === "shorter" ? (
          <span className="pill beside">{words.change.mark[difference]}</span>
        ) : null}
      </h2>
      <RadioGroup
        className="segments"
        aria-labelledby="how-long"
        orientation="horizontal"
        value={String(choices.duration)}
        onChange={(index) => choose({ type: "duration", index: Number(index) })}
      >
        {durations.map(({ duration, endsAt }, index) => (
          <Radio key={endsAt} value={String(index)} className="segment">
            {duration === undefined ? words.change.asNow : durationWords(duration, locale)}
          </Radio>
        ))}
      </RadioGroup>
      <p className="small soft under" role="status">
        {endsAt === undefined ? "" : until(endsAt)}
        {notice.change === undefined || difference === "same"
          ? ""
          : ` ${words.change.otherEnd(day(notice.change.endsAt, locale))}`}
      </p>
    </section>
  );
}

const until = (endsAt: number) =>
  endsAt - secondsNow() < TWO_DAYS
    ? words.request.untilTime(day(endsAt, locale), clock(endsAt, locale))
    : words.request.until(day(endsAt, locale));
