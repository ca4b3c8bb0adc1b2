import { type ReactNode, useEffect, useRef, useState } from "react";
import { Press } from "./press.tsx";
import { Said } from "./said.tsx";

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
  /** Has the focus when it has ended; none, where all of this goes then. */
  readonly result?: ReactNode;
  /** What can be done then. */
  readonly after?: ReactNode;
}

type Step = "offered" | "kept" | "consequences" | "ending" | "failed" | "ended";

/** Two steps: the consequences, then the word. The result takes the focus (UX-15). */
export function Ending({ possible, words, end, result, after }: EndingProps) {
  const [step, setStep] = useState<Step>("offered");
  const heading = useRef<HTMLHeadingElement>(null);
  const asks = step !== "offered" && step !== "kept" && step !== "ended";
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
            <Press onPress={() => setStep("kept")}>{words.keep}</Press>
            <Press kind="end" busy={step === "ending"} onPress={() => confirmed()}>
              {step === "ending" ? words.working : words.confirm}
            </Press>
          </div>
        </div>
      ) : null}
      {(step === "offered" || step === "kept") && possible ? (
        <Press
          kind="end"
          wide
          focused={step === "kept"}
          {...(words.label === undefined ? {} : { label: words.label })}
          onPress={() => setStep("consequences")}
        >
          {words.offer}
        </Press>
      ) : null}
      {step === "failed" ? (
        <p className="outcome warn" role="status">
          {words.failed}
        </p>
      ) : null}
      {step === "ended" && result !== undefined ? <Said>{result}</Said> : null}
      {step === "ended" ? after : null}
    </section>
  );
}
