import { useState } from "react";
import type { ConsentView } from "../../protocol/wallet.ts";
import { useHere } from "../app/surface.ts";
import { isConnected } from "../home/connections.tsx";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";

interface PauseProps {
  readonly consent: ConsentView;
  readonly onStep: (consent: ConsentView) => void;
}

/** Holding a consent back and going on with it: one press each, for either undoes the other. */
export function PauseSharing({ consent, onStep }: PauseProps) {
  const { wallet } = useHere();
  const [step, setStep] = useState<"ready" | "busy" | "done" | "failed">("ready");
  if (consent.signIn || !isConnected(consent)) return null;
  const { id, client } = consent;
  const says = words.life[consent.state === "paused" ? "paused" : "active"];

  const take = async () => {
    setStep("busy");
    await (consent.state === "paused" ? wallet.resume(id) : wallet.pause(id)).then(
      (next) => {
        onStep(next);
        setStep("done");
      },
      () => setStep("failed"),
    );
  };
  return (
    <section aria-labelledby="pause">
      <h2 id="pause">{says.heading}</h2>
      <p className="soft small">{says.explained(client)}</p>
      <p className={step === "failed" ? "outcome warn" : "only-heard"} role="status">
        {step === "failed" ? words.life.notDone : step === "done" ? says.done(client) : ""}
      </p>
      <div className="under">
        <Press wide busy={step === "busy"} onPress={take}>
          {says.offer}
        </Press>
      </div>
    </section>
  );
}
