import { useState } from "react";
import type { LinkScreen } from "../../protocol/wallet-sources.ts";
import { kindOf, type RefusalKind } from "../api/refusal.ts";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { locale, words } from "../messages/languages.ts";
import { Screen } from "../parts/screen.tsx";
import { leftToAnswer, TimeLeft } from "../parts/time-left.tsx";
import { Decide } from "../request/decide.tsx";
import { useExpiry } from "../request/expiry.ts";
import { MoreTime, StillThere } from "../request/more-time.tsx";
import { useSoftEnd } from "../request/soft-end.ts";
import { Who } from "../request/who.tsx";
import { list } from "../words/list.ts";
import { connect } from "./answer.ts";

interface LinkFormProps {
  readonly screen: LinkScreen;
  /** Answered: where the browser goes now, if the flow began in one. */
  readonly onAnswered: (continueAt: string | undefined) => void;
  readonly onDeadEnd: (because: RefusalKind | "expired") => void;
}

/** A place that holds data asks to become a source: which place, what follows and what does not; then two equal answers (UX-02). */
export function LinkForm({ screen: first, onAnswered, onDeadEnd }: LinkFormProps) {
  const { wallet, appName } = useHere();
  const [screen, setScreen] = useState(first);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  const { source, kinds } = screen.notice;
  const { until, stage, extend } = useSoftEnd(screen.expiresAt);
  useExpiry(screen.expiresAt, () => onDeadEnd("expired"));

  const refused = (because: RefusalKind) => {
    setBusy(false);
    if (because === "offline" || because === "busy") return setTrouble(words.link.notSent[because]);
    if (because === "changed") return setTrouble(words.link.changed);
    onDeadEnd(because);
  };
  const onConnect = async () => {
    setTrouble("");
    setBusy(true);
    const outcome = await connect(wallet, screen);
    if (outcome.is === "connected") return onAnswered(outcome.continueAt);
    if (outcome.is === "refused") return refused(outcome.because);
    setBusy(false);
    if (outcome.is === "no_passkey") return setTrouble(words.passkey[outcome.trouble]);
    setScreen(outcome.screen);
    setTrouble(words.link.changed);
  };
  const onNotNow = async () => {
    setTrouble("");
    setBusy(true);
    await wallet.declineLink(screen.id).then(
      (onward) => onAnswered(onward?.continueAt),
      (thrown: unknown) => refused(kindOf(thrown)),
    );
  };
  const takeMore = async () => {
    extend();
    await wallet.link(screen.id).then(
      (next) => {
        setTrouble(next.noticeHash === screen.noticeHash ? "" : words.link.changed);
        setScreen(next);
      },
      (thrown: unknown) => refused(kindOf(thrown)),
    );
  };
  // A passkey that is being used is not interrupted.
  if (stage === "paused" && !busy)
    return <StillThere client={source.name} hardEnd={screen.expiresAt} onGoOn={takeMore} />;
  const titles = kinds.map(({ title }) => title);

  return (
    <Screen appName={appName} title={words.link.heading(source.name)} back={to.home} backWords={words.app.home}>
      <p className="time">
        <TimeLeft until={screen.expiresAt} says={leftToAnswer} />
      </p>
      <Who client={source} heading={words.link.who} />
      <p className="outcome warn">{words.link.started(source.name)}</p>
      <section aria-labelledby="what">
        <h2 id="what">{words.link.what}</h2>
        <p>
          {titles.length === 0 ? words.link.tellsAny(source.name) : words.link.tells(source.name, list(titles, locale))}
        </p>
        <p className="under">{words.link.nothingYet}</p>
        <p className="under">{words.link.youDecide}</p>
        <p className="under">{words.link.stop}</p>
      </section>
      <Decide
        client={source.name}
        about="link"
        busy={busy}
        trouble={trouble}
        onApprove={onConnect}
        onDecline={onNotNow}
      >
        <MoreTime stage={stage} until={until} onMore={takeMore} />
      </Decide>
    </Screen>
  );
}
