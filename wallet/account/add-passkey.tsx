import { useState } from "react";
import type { CeremonyOptions } from "../../protocol/wallet-ceremonies.ts";
import { makePasskey, PasskeyFailure } from "../api/passkey.ts";
import { kindOf } from "../api/refusal.ts";
import { useHere } from "../app/surface.ts";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { numbered } from "../words/numbered.ts";
import { confirmation } from "./confirm.ts";

interface AddPasskeyProps {
  /** What the others are called. */
  readonly names: readonly string[];
  readonly added: () => Promise<void>;
}

/** Another passkey, in two presses, for a browser asks only after one: a passkey that is there confirms, then the new one is made. */
export function AddPasskey({ names, added }: AddPasskeyProps) {
  const { wallet, described } = useHere();
  const [offered, setOffered] = useState<CeremonyOptions>();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<{ readonly trouble: boolean; readonly said: string }>();

  const step = async (next: () => Promise<unknown>) => {
    setBusy(true);
    setOutcome(undefined);
    await next().catch((thrown: unknown) => setOutcome({ trouble: true, said: troubleOf(thrown) }));
    setBusy(false);
  };
  const confirm = () =>
    step(async () => setOffered(await wallet.passkeyOptions(await confirmation(wallet, "add_passkey"))));
  const make = (options: CeremonyOptions) =>
    step(async () => {
      const response = await makePasskey(options);
      const name =
        response.authenticatorAttachment === "cross-platform"
          ? words.passkeys.otherDevice
          : described || words.passkeys.unnamed;
      setOffered(undefined);
      await wallet.addPasskey(numbered(name, names), options.challenge, response);
      setOutcome({ trouble: false, said: words.passkeys.added });
      await added();
    });

  return (
    <section aria-labelledby="add-passkey">
      <h2 id="add-passkey">{words.passkeys.add}</h2>
      <p className="soft small">{words.passkeys.addHow}</p>
      <div className="under stack">
        <p role="status">{offered === undefined ? "" : words.passkeys.confirmedNow}</p>
        {offered === undefined ? (
          <Press wide busy={busy} working={words.welcome.working} onPress={confirm}>
            {words.passkeys.confirmFirst}
          </Press>
        ) : (
          <Press kind="yes" wide busy={busy} working={words.welcome.working} onPress={() => make(offered)}>
            {words.passkeys.makeNew}
          </Press>
        )}
        {outcome === undefined ? null : (
          <p className={outcome.trouble ? "outcome warn" : "outcome good"} role={outcome.trouble ? "alert" : "status"}>
            {outcome.said}
          </p>
        )}
      </div>
    </section>
  );
}

function troubleOf(thrown: unknown): string {
  if (thrown instanceof PasskeyFailure)
    return thrown.trouble === "exists" ? words.passkeys.hasOne : words.passkey[thrown.trouble];
  return kindOf(thrown) === "offline" ? words.deadEnd.offlineText : words.settings.notSaved;
}
