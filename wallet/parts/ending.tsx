import { type ReactNode, useEffect, useRef, useState } from "react";
import { Press } from "./press.tsx";

interface EndingProps {
  /** Whether there is still something to end. */
  readonly possible: boolean;
  readonly words: {
    readonly offer: string;
    /** What the offer is called aloud, where several stand on one screen. */
    readonly label?: string;
    readonly heading: string;
    /** What stops, what stays, how to come back. */
    readonly consequences: readonly string[];
    /** Beneath them. */
    readonly beside?: ReactNode;
    readonly keep: string;
    readonly confirm: string;
    readonly working: string;
    readonly failed: string;
  };
  readonly end: () => Promise<unknown>;
  /** Said aloud when it has ended. */
  readonly result: ReactNode;
  /** What can be done then. */
  readonly after?: ReactNode;
}

type Step = "offered" | "consequences" | "ending" | "failed" | "ended";

/** Two steps: the consequences, then the word. The result is said aloud (UX-15). */
export function Ending({ possible, words, end, result, after }: EndingProps) {
  const [step, setStep] = useState<Step>("offered");
  const heading = useRef<HTMLHeadingElement>(null);
  const asks = step !== "offered" && step !== "ended";
  useEffect(() => {
    if (step !== "consequences") return;
    heading.current?.focus();
    heading.current?.parentElement?.scrollIntoView({ block: "nearest" });
  }, [step]);
  const confirmed = async () => {
    setStep("ending");
    await end().then(
      () => setStep("ended"),
      () => setStep("failed"),
    );
  };

  return (
    <section>
      {asks && possible ? (
        <div className="card ending">
          <h2 ref={heading} tabIndex={-1}>
            {words.heading}
          </h2>
          {words.consequences.map((text) => (
            <p key={text}>{text}</p>
          ))}
          {words.beside}
          <div className="pair">
            <Press onPress={() => setStep("offered")}>{words.keep}</Press>
            <Press kind="end" busy={step === "ending"} onPress={() => confirmed()}>
              {step === "ending" ? words.working : words.confirm}
            </Press>
          </div>
        </div>
      ) : null}
      {step === "offered" && possible ? (
        <Press
          kind="end"
          wide
          {...(words.label === undefined ? {} : { label: words.label })}
          onPress={() => setStep("consequences")}
        >
          {words.offer}
        </Press>
      ) : null}
      {step === "ended" || step === "failed" ? (
        <p className={step === "failed" ? "outcome warn" : "outcome good"} role="status">
          {step === "failed" ? words.failed : result}
        </p>
      ) : null}
      {step === "ended" ? after : null}
    </section>
  );
}
