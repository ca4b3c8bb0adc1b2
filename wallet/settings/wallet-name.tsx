import { type FormEvent, useState } from "react";
import { kindOf } from "../api/refusal.ts";
import { useHere } from "../app/surface.ts";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { TextEntry } from "../parts/text-entry.tsx";
import { walletNameFits } from "../words/wallet-name.ts";

/** The Wallet name an app may use to reach the person (`login_hint`): off until they switch it on. */
export function WalletName() {
  const { wallet, me, changedMe } = useHere();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState("");

  const set = async (name: string | null) => {
    setBusy(true);
    setProblem(undefined);
    await wallet.setWalletName(name).then(
      (now) => {
        changedMe(now);
        setResult(now.walletName === undefined ? words.settings.nameOff : words.settings.nameOn(now.walletName));
      },
      (thrown: unknown) => {
        const kind = kindOf(thrown);
        const taken = kind === "changed" || kind === "not_accepted";
        setProblem(taken ? words.settings.nameTaken : words.settings.notSaved);
      },
    );
    setBusy(false);
  };
  const switchOn = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const name = String(new FormData(event.currentTarget).get("walletName") ?? "")
      .trim()
      .toLowerCase();
    if (!walletNameFits(name)) return setProblem(words.settings.nameInvalid);
    void set(name);
  };

  return (
    <section aria-labelledby="wallet-name">
      <h2 id="wallet-name">{words.settings.nameHeading}</h2>
      <p className="soft small">{words.settings.nameExplained}</p>
      <div className="card apart stack">
        <p role="status">
          {result || (me.walletName === undefined ? words.settings.nameOff : words.settings.nameOn(me.walletName))}
        </p>
        {me.walletName === undefined ? (
          <form className="stack" onSubmit={switchOn} noValidate>
            <TextEntry
              name="walletName"
              label={words.settings.nameHeading}
              hint={words.settings.nameHint}
              maxLength={30}
              autoComplete="off"
              {...(problem === undefined ? {} : { problem })}
            />
            <Press wide busy={busy}>
              {words.settings.switchOn}
            </Press>
          </form>
        ) : (
          <>
            <Press wide busy={busy} onPress={() => set(null)}>
              {words.settings.switchOff}
            </Press>
            {problem === undefined ? null : <p role="alert">{problem}</p>}
          </>
        )}
      </div>
    </section>
  );
}
