import { useEffect, useRef, useState } from "react";
import type { ConsentView } from "../../protocol/wallet.ts";
import { useHere } from "../app/surface.ts";
import { secondsNow } from "../app/watch.ts";
import { isConnected } from "../home/connections.tsx";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { clock } from "../words/dates.ts";

interface StopSharingProps {
  readonly consent: ConsentView;
  readonly onStopped: (consent: ConsentView) => void;
}

type Step = "offered" | "consequences" | "stopping" | "failed" | "stopped";

/** Two steps: what stops and what the app keeps, then the word. The result is said aloud (UX-15). */
export function StopSharing({ consent, onStopped }: StopSharingProps) {
  const { wallet } = useHere();
  const [step, setStep] = useState<Step>("offered");
  const heading = useRef<HTMLHeadingElement>(null);
  const asks = step !== "offered" && step !== "stopped";
  useEffect(() => {
    if (step === "consequences") heading.current?.focus();
  }, [step]);
  const stop = async () => {
    setStep("stopping");
    await wallet.withdraw(consent.id).then(
      (ended) => {
        setStep("stopped");
        onStopped(ended);
      },
      () => setStep("failed"),
    );
  };
  const result = step === "stopped" ? stoppedWords(consent) : step === "failed" ? words.consent.notStopped : "";

  return (
    <section>
      {asks && isConnected(consent) ? (
        <div className="card ending">
          <h2 ref={heading} tabIndex={-1}>
            {words.consent.stopHeading(consent.client)}
          </h2>
          <p>{words.consent.stopsNow(consent.client)}</p>
          <p>{words.consent.keeps(consent.client)}</p>
          <p>{words.consent.again}</p>
          <div className="pair">
            <Press onPress={() => setStep("offered")}>{words.consent.keep}</Press>
            <Press kind="end" busy={step === "stopping"} onPress={() => stop()}>
              {step === "stopping" ? words.consent.stopping : words.consent.stopConfirm}
            </Press>
          </div>
        </div>
      ) : null}
      {step === "offered" && isConnected(consent) ? (
        <Press kind="end" wide onPress={() => setStep("consequences")}>
          {words.consent.stop}
        </Press>
      ) : null}
      {result === "" ? null : (
        <p className={step === "failed" ? "outcome warn" : "outcome good"} role="status">
          {result}
        </p>
      )}
    </section>
  );
}

const stoppedWords = ({ client, endedAt }: ConsentView) =>
  words.consent.stopped(client, clock(endedAt ?? secondsNow(), locale));
