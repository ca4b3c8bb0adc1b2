import type { Notice } from "../../protocol/wallet.ts";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import { leftToAnswer, TimeLeft } from "../parts/time-left.tsx";
import { day } from "../words/dates.ts";
import { list } from "../words/list.ts";
import { Already } from "./already.tsx";
import type { Read } from "./answer.ts";
import { type Ends, useAnswering } from "./answering.ts";
import { Began } from "./began.tsx";
import { Decide } from "./decide.tsx";
import { useExpiry } from "./expiry.ts";
import { HowLong } from "./how-long.tsx";
import { MoreTime, StillThere } from "./more-time.tsx";
import { WhichNumber } from "./number.tsx";
import { SignIn } from "./sign-in.tsx";
import { useSoftEnd } from "./soft-end.ts";
import { What, Why } from "./what.tsx";
import { Where } from "./where.tsx";
import { Binding, Who, WhoSees } from "./who.tsx";

interface RequestFormProps extends Ends {
  readonly read: Read;
  readonly number: string | undefined;
}

/** The request as asked: who, what, why, for how long, from where, and what a no means; then two equal answers (UX-01, UX-02). */
export function RequestForm({ read, number, ...ends }: RequestFormProps) {
  const { appName } = useHere();
  const { screen, choices, choose, busy, trouble, onApprove, onDecline, onMore } = useAnswering(read, number, ends);
  const { until, stage, extend } = useSoftEnd(screen.expiresAt);
  const { notice } = screen;
  const { change } = notice;
  const client = notice.client.name;
  useExpiry(screen.expiresAt, () => ends.onDeadEnd("expired"));

  const takeMore = () => {
    extend();
    void onMore();
  };
  // A passkey that is being used is not interrupted.
  if (stage === "paused" && !busy) return <StillThere client={client} hardEnd={screen.expiresAt} onGoOn={takeMore} />;

  return (
    <Screen appName={appName} title={headingOf(notice)} back={to.home} backWords={words.app.home}>
      <p className="time">
        <TimeLeft until={screen.expiresAt} says={leftToAnswer} />
      </p>
      <Who client={notice.client} />
      <WhoSees client={client} party={notice.requestingParty} />
      <Began client={client} began={notice.began} />
      {screen.missesLeft !== undefined && notice.bindingMessage === undefined ? null : (
        <Binding client={client} message={notice.bindingMessage} />
      )}
      <WhichNumber
        missesLeft={screen.missesLeft}
        byLink={number}
        elsewhere={notice.began?.elsewhere === true}
        choices={choices}
        choose={choose}
      />
      {change === undefined ? null : <p className="lead">{words.change.intro(day(change.decidedAt, locale))}</p>}
      {notice.signIn ? (
        <SignIn notice={notice} />
      ) : (
        <>
          <Already notice={notice} />
          <What asked={notice.asked} change={change} choices={choices} choose={choose} />
          <Why asked={notice.asked} />
          <HowLong notice={notice} choices={choices} choose={choose} />
          <Where request={screen.id} asked={notice.asked} change={change} choices={choices} choose={choose} />
        </>
      )}
      <section aria-labelledby="if-no">
        <h2 id="if-no">{words.request.ifNo}</h2>
        <p>{ifNoOf(notice)}</p>
      </section>
      <section className="not-me">
        <Press kind="quiet" busy={busy} onPress={() => onDecline(true)}>
          {words.request.notMe}
        </Press>
        <p className="small soft">
          {seesSome(notice) ? words.change.notMeHint(client) : words.request.notMeHint(client)}
        </p>
      </section>
      <Decide
        client={client}
        about={aboutOf(notice)}
        busy={busy}
        trouble={trouble}
        onApprove={onApprove}
        onDecline={() => onDecline(false)}
      >
        <MoreTime stage={stage} until={until} onMore={takeMore} />
      </Decide>
    </Screen>
  );
}

const titles = (asked: readonly { readonly title: string }[]) => asked.map(({ title }) => title);

function headingOf({ client: { name }, signIn, change, asked }: Notice): string {
  if (signIn) return words.signIn.heading(name);
  return change === undefined ? words.request.heading(name, list(titles(asked), locale)) : words.change.heading(name);
}

/** By a permission that stands, whatever is answered now. */
const seesSome = ({ change, already }: Notice) => change !== undefined || already !== undefined;

function ifNoOf(notice: Notice): string {
  const { name } = notice.client;
  if (notice.signIn) return words.signIn.ifNoText(name);
  return seesSome(notice) ? words.change.ifNoText(name) : words.request.ifNoText(name);
}

function aboutOf(notice: Notice): "request" | "change" | "signIn" {
  if (notice.signIn) return "signIn";
  return seesSome(notice) ? "change" : "request";
}
