import { type FormEvent, useState } from "react";
import { kindOf } from "../api/refusal.ts";
import type { Wallet } from "../api/wallet.ts";
import { to } from "../app/addresses.ts";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import { TextEntry } from "../parts/text-entry.tsx";

interface AskRecoveryProps {
  readonly appName: string;
  readonly wallet: Wallet;
  readonly begun: (recovery: string) => void;
}

/** The printed code, typed. */
export function AskRecovery({ appName, wallet, begun }: AskRecoveryProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const ask = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const code = String(new FormData(event.currentTarget).get("code") ?? "");
    setBusy(true);
    await wallet.askRecovery(code).then(
      ({ recovery }) => begun(recovery),
      (thrown: unknown) => {
        setProblem(problemOf(thrown));
        setBusy(false);
      },
    );
  };
  return (
    <Screen appName={appName} title={words.recovery.askHeading} back={to.home} backWords={words.recovery.back}>
      <p className="lead">{words.recovery.askHow}</p>
      <form className="stack apart" onSubmit={(event) => void ask(event)} noValidate>
        <TextEntry
          name="code"
          label={words.recovery.code}
          hint={words.recovery.codeHint}
          maxLength={60}
          autoComplete="off"
          {...(problem === undefined ? {} : { problem })}
        />
        <Press kind="yes" wide busy={busy}>
          {words.recovery.ask}
        </Press>
      </form>
    </Screen>
  );
}

function problemOf(thrown: unknown): string {
  const kind = kindOf(thrown);
  if (kind === "not_accepted") return words.recovery.wrong;
  if (kind === "offline") return words.deadEnd.offlineText;
  return thrown instanceof Error && thrown.message === "too_many_requests"
    ? words.recovery.tooMany
    : words.deadEnd.busyText;
}
