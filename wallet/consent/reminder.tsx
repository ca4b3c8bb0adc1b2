import { useState } from "react";
import type { ConsentView } from "../../protocol/wallet.ts";
import { useHere } from "../app/surface.ts";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Said } from "../parts/said.tsx";
import { day } from "../words/dates.ts";

interface ReminderProps {
  readonly consent: ConsentView;
  readonly onStep: (consent: ConsentView) => void;
  /** Whether no other step of this screen came after it. */
  readonly isLatest: boolean;
}

/** UX-17: is it still fine? One press says so; a nearer end, a pause and the end are beneath. */
export function ReminderOf({ consent, onStep, isLatest }: ReminderProps) {
  const { wallet } = useHere();
  const [step, setStep] = useState<"ready" | "busy" | "failed" | "done">("ready");
  if (consent.reminder === undefined) return step === "done" && isLatest ? <Said>{words.reminders.kept}</Said> : null;
  const keep = async () => {
    setStep("busy");
    await wallet.keep(consent.id).then(
      (next) => {
        onStep(next);
        setStep("done");
      },
      () => setStep("failed"),
    );
  };
  return (
    <section className="card stack calling" aria-labelledby="reminder">
      <h2 id="reminder">{words.reminders.question[consent.reminder.about]}</h2>
      <p>{saysOf(consent)}</p>
      {step === "failed" ? (
        <p className="outcome warn" role="alert">
          {words.life.notDone}
        </p>
      ) : null}
      <Press kind="yes" wide busy={step === "busy"} onPress={keep}>
        {words.reminders.keep}
      </Press>
    </section>
  );
}

function saysOf({ client, state, reminder, decidedAt = 0, endsAt = 0 }: ConsentView): string {
  if (reminder?.about === "end") return words.reminders.end(client, day(endsAt, locale));
  return words.reminders[state === "paused" ? "paused" : "still"](client, day(decidedAt, locale));
}
