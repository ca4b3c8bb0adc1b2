import { useState } from "react";
import type { ConsentView } from "../../protocol/wallet.ts";
import { useHere } from "../app/surface.ts";
import { isConnected } from "../home/connections.tsx";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Said } from "../parts/said.tsx";

interface PauseProps {
  readonly consent: ConsentView;
  readonly onStep: (consent: ConsentView) => void;
  /** Whether no other step of this screen came after it. */
  readonly isLatest: boolean;
}

/** Holding a consent back and going on with it: one press each, for either undoes the other. */
export function PauseSharing({ consent, onStep, isLatest }: PauseProps) {
  const { wallet } = useHere();
  const [step, setStep] = useState<"ready" | "busy" | "failed">("ready");
  if (consent.signIn || !isConnected(consent)) return null;
  const { id, client } = consent;
  const says = words.life[consent.state === "paused" ? "paused" : "active"];

  const take = async () => {
    setStep("busy");
    await (consent.state === "paused" ? wallet.resume(id) : wallet.pause(id)).then(
      (next) => {
        onStep(next);
        setStep("ready");
      },
      () => setStep("failed"),
    );
  };
  return (
    <section aria-labelledby="pause">
      <h2 id="pause">{says.heading}</h2>
      <p className="soft small">{says.explained(client)}</p>
      {step === "failed" ? (
        <p className="outcome warn" role="alert">
          {words.life.notDone}
        </p>
      ) : null}
      {step === "ready" && isLatest ? <Said key={consent.state}>{says.done(client)}</Said> : null}
      <div className="under">
        <Press wide busy={step === "busy"} onPress={take}>
          {says.offer}
        </Press>
      </div>
    </section>
  );
}
