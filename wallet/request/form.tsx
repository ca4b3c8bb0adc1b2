import { useReducer, useState } from "react";
import type { ConsentView, Notice, Onward } from "../../protocol/wallet.ts";
import { kindOf, type RefusalKind } from "../api/refusal.ts";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { secondsNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import { TimeLeft } from "../parts/time-left.tsx";
import { day } from "../words/dates.ts";
import { list } from "../words/list.ts";
import { approve, type Outcome, type Read } from "./answer.ts";
import type { DeclinedRequest } from "./answered.tsx";
import { chosen, firstChoices, withoutSource } from "./choices.ts";
import { Decide } from "./decide.tsx";
import { useExpiry } from "./expiry.ts";
import { HowLong } from "./how-long.tsx";
import { isTyped, toNumber, WhichNumber } from "./number.tsx";
import { SignIn } from "./sign-in.tsx";
import { StartedElsewhere } from "./started-elsewhere.tsx";
import { What, Why } from "./what.tsx";
import { Where } from "./where.tsx";
import { Binding, Who, WhoSees } from "./who.tsx";

interface RequestFormProps {
  readonly read: Read;
  readonly onApproved: (consent: ConsentView) => void;
  readonly onDeclined: (declined: DeclinedRequest, onward: Onward | undefined) => void;
  readonly onDeadEnd: (because: RefusalKind | "expired") => void;
}

/** The request as asked: who, what, why, from where, for how long, and what a no means; then two equal answers (UX-01, UX-02). */
export function RequestForm({ read: first, onApproved, onDeclined, onDeadEnd }: RequestFormProps) {
  const { wallet, appName } = useHere();
  const [read, setRead] = useState(first);
  const [choices, choose] = useReducer(chosen, read.screen.notice, firstChoices);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  const { screen } = read;
  const { notice } = screen;
  const { change } = notice;
  const client = notice.client.name;
  const elsewhere = notice.startedElsewhereAt !== undefined;
  useExpiry(screen.expiresAt, () => onDeadEnd("expired"));

  const refused = (because: RefusalKind) => {
    if (because === "closed" || because === "changed")
      return onDeadEnd(screen.expiresAt <= secondsNow() ? "expired" : "closed");
    if (because === "not_found") return onDeadEnd("not_found");
    setTrouble(
      because === "offline" || because === "busy" ? words.request.notSent[because] : words.request.notAccepted,
    );
  };
  const follow = (outcome: Outcome) => {
    if (outcome.is === "approved") return onApproved(outcome.consent);
    setBusy(false);
    if (outcome.is === "refused") return refused(outcome.because);
    if (outcome.is === "no_passkey") return setTrouble(words.passkey[outcome.trouble]);
    setRead({ screen: outcome.screen, at: secondsNow() });
    if (outcome.is === "wrong_number") {
      choose({ type: "number", number: undefined });
      toNumber();
      return setTrouble(words.request.wrongNumber(outcome.screen.missesLeft ?? 0));
    }
    choose({ type: "again", notice: outcome.screen.notice });
    setTrouble(words.request.changed);
    scrollTo(0, 0);
  };
  const onApprove = async () => {
    const empty = withoutSource(choices);
    if (empty !== undefined) {
      document.getElementById(`where-${empty}`)?.scrollIntoView({ block: "center" });
      return setTrouble(words.request.choose(notice.asked[empty]?.title ?? ""));
    }
    if (!isTyped(screen.missesLeft, choices)) {
      toNumber();
      return setTrouble(words.request.typeNumber);
    }
    setTrouble("");
    setBusy(true);
    follow(await approve(wallet, read, choices, secondsNow()));
  };
  const onDecline = async (notMe: boolean) => {
    setTrouble("");
    setBusy(true);
    await wallet.decline(screen.id, notMe).then(
      (onward) => onDeclined({ client, notMe, isChange: change !== undefined, elsewhere }, onward),
      (thrown: unknown) => {
        setBusy(false);
        refused(kindOf(thrown));
      },
    );
  };

  return (
    <Screen appName={appName} title={headingOf(notice)} back={to.home} backWords={words.app.home}>
      <p className="time">
        <TimeLeft until={screen.expiresAt} />
      </p>
      <Who client={notice.client} />
      <WhoSees client={client} party={notice.requestingParty} />
      <StartedElsewhere client={client} at={notice.startedElsewhereAt} />
      {screen.missesLeft !== undefined && notice.bindingMessage === undefined ? null : (
        <Binding client={client} message={notice.bindingMessage} />
      )}
      <WhichNumber missesLeft={screen.missesLeft} choices={choices} choose={choose} />
      {change === undefined ? null : <p className="lead">{words.change.intro(day(change.decidedAt, locale))}</p>}
      {notice.signIn ? (
        <SignIn notice={notice} />
      ) : (
        <>
          <What asked={notice.asked} change={change} choices={choices} choose={choose} />
          <Why asked={notice.asked} />
          <Where request={screen.id} asked={notice.asked} change={change} choices={choices} choose={choose} />
          <HowLong notice={notice} choices={choices} choose={choose} />
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
          {change === undefined ? words.request.notMeHint(client) : words.change.notMeHint(client)}
        </p>
      </section>
      <Decide
        client={client}
        about={aboutOf(notice)}
        busy={busy}
        trouble={trouble}
        onApprove={onApprove}
        onDecline={() => onDecline(false)}
      />
    </Screen>
  );
}

const titles = (asked: readonly { readonly title: string }[]) => asked.map(({ title }) => title);

function headingOf({ client: { name }, signIn, change, asked }: Notice): string {
  if (signIn) return words.signIn.heading(name);
  return change === undefined ? words.request.heading(name, list(titles(asked), locale)) : words.change.heading(name);
}

function ifNoOf({ client: { name }, signIn, change }: Notice): string {
  if (signIn) return words.signIn.ifNoText(name);
  return change === undefined ? words.request.ifNoText(name) : words.change.ifNoText(name);
}

function aboutOf({ signIn, change }: Notice): "request" | "change" | "signIn" {
  if (signIn) return "signIn";
  return change === undefined ? "request" : "change";
}
