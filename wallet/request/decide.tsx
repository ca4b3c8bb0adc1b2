import type { ReactNode } from "react";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";

interface DecideProps {
  /** Who asks: an app for data, or a place to become a source. */
  readonly client: string;
  /** Whether they ask for data, for a change of what they may see already, who it is, or to become a source. */
  readonly about: "request" | "change" | "signIn" | "link";
  readonly busy: boolean;
  /** Why the last answer did not go through; said aloud where the buttons are. */
  readonly trouble: string;
  readonly onApprove: () => unknown;
  readonly onDecline: () => unknown;
  /** What else is to be known before answering. */
  readonly children?: ReactNode;
}

/** The two answers, of one size and one reach (UX-02); each says its name with the app's. */
export function Decide({ client, about, busy, trouble, onApprove, onDecline, children }: DecideProps) {
  const answers = words.answers[about];
  return (
    <section className="decide" aria-label={words.answers.heading}>
      <div>
        <p className={busy ? "small" : "only-heard"} role="status">
          {busy ? words.welcome.working : ""}
        </p>
      </div>
      {children === undefined ? null : <div>{children}</div>}
      <div role="alert">{trouble === "" ? null : <p className="outcome warn">{trouble}</p>}</div>
      <div className="answers">
        <Press kind="no" label={answers.noFor(client)} busy={busy} onPress={() => onDecline()}>
          {answers.no}
        </Press>
        <Press kind="yes" label={answers.yesFor(client)} busy={busy} onPress={() => onApprove()}>
          {answers.yes}
        </Press>
      </div>
    </section>
  );
}
