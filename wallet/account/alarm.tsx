import { useEffect, useState } from "react";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { secondsNow, useWatched } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { clock, shortDay } from "../words/dates.ts";

const EVERY_MS = 15_000;

/** On every screen of a signed-in person: that somebody asks to recover their account, and one tap to stop it. It looks by itself, so it comes with push off. */
export function RecoveryAlarm() {
  const { wallet, me, changedMe } = useHere();
  const [step, setStep] = useState<"stopping" | "failed" | "stopped">();
  const { value } = useWatched(wallet.me, EVERY_MS);
  const seen = JSON.stringify(value?.recovery);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was just seen changes what is known
  useEffect(() => {
    if (value !== undefined && seen !== JSON.stringify(me.recovery)) changedMe(withRecovery(me, value.recovery));
  }, [value]);

  const stop = async () => {
    setStep("stopping");
    await wallet.stopRecovery().then(
      (next) => {
        setStep("stopped");
        changedMe(withRecovery(me, next.recovery));
      },
      () => setStep("failed"),
    );
  };
  const asked = me.recovery?.asked;
  if (step === "stopped")
    return (
      <div className="outcome good alarm" role="status">
        <p>{words.recovery.stopped}</p>
        <a className="quiet" href={to.recovery}>
          {words.recovery.stoppedNext}
        </a>
      </div>
    );
  if (asked === undefined || asked.endsAt <= secondsNow()) return null;
  return (
    <section className="outcome warn alarm" role="alert" aria-labelledby="recovery-alarm">
      <h2 id="recovery-alarm">{words.recovery.alarm}</h2>
      <p>
        {asked.opensAt <= secondsNow()
          ? words.recovery.alarmOpen(moment(asked.at))
          : words.recovery.alarmText(moment(asked.at), moment(asked.opensAt))}
      </p>
      <Press kind="end" wide busy={step === "stopping"} onPress={stop}>
        {step === "stopping" ? words.recovery.stopping : words.recovery.stop}
      </Press>
      {step === "failed" ? <p>{words.recovery.notStopped}</p> : null}
    </section>
  );
}

const moment = (at: number) => `${shortDay(at, secondsNow(), locale)}, ${clock(at, locale)}`;

const withRecovery = <M extends { readonly recovery?: R }, R>({ recovery: _, ...me }: M, recovery: R | undefined) => ({
  ...me,
  ...(recovery !== undefined && { recovery }),
});
