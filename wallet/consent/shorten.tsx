import { useEffect, useRef, useState } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import type { ConsentView } from "../../protocol/wallet.ts";
import { useHere } from "../app/surface.ts";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Said } from "../parts/said.tsx";
import { day } from "../words/dates.ts";
import { durationWords } from "../words/duration.ts";

interface ShortenProps {
  readonly consent: ConsentView;
  readonly onStep: (consent: ConsentView) => void;
  /** Whether no other step of this screen came after it. */
  readonly isLatest: boolean;
}

type Step = "offered" | "kept" | "choosing" | "busy" | "failed" | "done";

/** A nearer end, of at most three. It takes away and gives nothing, so no passkey is asked. */
export function Shorten({ consent, onStep, isLatest }: ShortenProps) {
  const { wallet } = useHere();
  const { id, nearer = [], endsAt = 0 } = consent;
  const [step, setStep] = useState<Step>("offered");
  const [chosen, choose] = useState<string>();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (step === "choosing") heading.current?.focus();
  }, [step]);
  const end = nearer.find(({ duration }) => duration === chosen) ?? nearer.at(-1);
  const isOpen = step !== "offered" && step !== "kept" && step !== "done";

  const take = async (at: number) => {
    setStep("busy");
    await wallet.shorten(id, at).then(
      (next) => {
        onStep(next);
        setStep("done");
      },
      () => setStep("failed"),
    );
  };
  return (
    <section>
      {step === "done" && isLatest ? <Said>{words.life.end.done(day(endsAt, locale))}</Said> : null}
      {end === undefined || isOpen ? null : (
        <Press wide focused={step === "kept"} onPress={() => setStep("choosing")}>
          {words.life.end.offer}
        </Press>
      )}
      {end === undefined || !isOpen ? null : (
        <div className="card stack">
          <h2 ref={heading} tabIndex={-1} id="shorten">
            {words.life.end.heading}
          </h2>
          <RadioGroup
            className="segments"
            aria-label={words.life.end.choose}
            orientation="horizontal"
            value={end.duration}
            onChange={choose}
          >
            {nearer.map(({ duration }) => (
              <Radio key={duration} value={duration} className="segment">
                {durationWords(duration, locale)}
              </Radio>
            ))}
          </RadioGroup>
          <p role="status">{words.life.end.until(day(end.endsAt, locale))}</p>
          {step === "failed" ? (
            <p className="outcome warn" role="alert">
              {words.life.notDone}
            </p>
          ) : null}
          <div className="pair">
            <Press onPress={() => setStep("kept")}>{words.life.end.keep}</Press>
            <Press kind="yes" busy={step === "busy"} onPress={() => take(end.endsAt)}>
              {words.life.end.confirm}
            </Press>
          </div>
        </div>
      )}
    </section>
  );
}
