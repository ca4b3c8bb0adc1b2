import { type FormEvent, type ReactNode, useState } from "react";
import type { Me } from "../../protocol/wallet.ts";
import { kindOf, type RefusalKind } from "../api/refusal.ts";
import { useHere } from "../app/surface.ts";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";

interface SettingProps<Value> {
  readonly id: string;
  readonly heading: string;
  readonly explained: string;
  /** How it is now, in words. */
  readonly now: string;
  readonly isOn: boolean;
  /** What the form says, or undefined if it does not fit. */
  readonly read: (form: FormData) => Value | undefined;
  readonly unfit: string;
  readonly save: (value: Value | null) => Promise<Me>;
  readonly refused?: (kind: RefusalKind) => string;
  /** The fields, while it is off; each shows what is wrong. */
  readonly children: (problem: string | undefined) => ReactNode;
}

/** One thing a person switches on, with what it needs, and off again. */
export function Setting<Value>({ id, heading, explained, now, isOn, read, save, ...props }: SettingProps<Value>) {
  const { unfit, refused = () => words.settings.notSaved, children } = props;
  const { changedMe } = useHere();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  const set = async (value: Value | null) => {
    setBusy(true);
    setProblem(undefined);
    await save(value).then(changedMe, (thrown: unknown) => setProblem(refused(kindOf(thrown))));
    setBusy(false);
  };
  const switchOn = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const value = read(new FormData(event.currentTarget));
    if (value === undefined) return setProblem(unfit);
    void set(value);
  };

  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      <p className="soft small">{explained}</p>
      <div className="card apart stack">
        <p role="status">{now}</p>
        {isOn ? (
          <>
            <Press wide busy={busy} label={words.settings.switchOffThis(heading)} onPress={() => set(null)}>
              {words.settings.switchOff}
            </Press>
            {problem === undefined ? null : <p role="alert">{problem}</p>}
          </>
        ) : (
          <form className="stack" onSubmit={switchOn} noValidate>
            {children(problem)}
            <Press wide busy={busy} label={words.settings.switchOnThis(heading)}>
              {words.settings.switchOn}
            </Press>
          </form>
        )}
      </div>
    </section>
  );
}
