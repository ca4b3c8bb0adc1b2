import { useState } from "react";
import type { Session } from "../../protocol/wallet.ts";
import { makePasskey, PasskeyFailure } from "../api/passkey.ts";
import { kindOf } from "../api/refusal.ts";
import type { Wallet } from "../api/wallet.ts";
import { to } from "../app/addresses.ts";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import { day } from "../words/dates.ts";

interface RecoveryOpenProps {
  readonly appName: string;
  readonly described: string;
  readonly wallet: Wallet;
  readonly recovery: string;
  readonly endsAt: number;
  readonly onBegan: (session: Session) => Promise<void>;
  /** What this browser held is of no use any more. */
  readonly done: () => void;
  /** It may have been stopped: look again. */
  readonly over: () => Promise<void>;
}

/** The wait is over: a new passkey, and on to the list of all. */
export function RecoveryOpen({ appName, described, wallet, recovery, endsAt, ...then }: RecoveryOpenProps) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const recover = async () => {
    setBusy(true);
    setTrouble(undefined);
    try {
      const { challenge, ...offered } = await wallet.recoveryOptions(recovery);
      const response = await makePasskey({ challenge, ...offered });
      const session = await wallet.recover(recovery, described, challenge, response);
      location.replace(to.passkeys);
      then.done();
      await then.onBegan(session);
    } catch (thrown) {
      setTrouble(thrown instanceof PasskeyFailure ? words.passkey[thrown.trouble] : words.deadEnd.busyText);
      setBusy(false);
      if (kindOf(thrown) === "not_found") await then.over();
    }
  };
  return (
    <Screen appName={appName} title={words.recovery.openHeading} back={to.home} backWords={words.recovery.back}>
      <p className="lead">{words.recovery.openText(day(endsAt, locale))}</p>
      <p>{words.recovery.openNext}</p>
      <div className="apart stack">
        <Press kind="yes" wide busy={busy} working={words.welcome.working} onPress={recover}>
          {words.recovery.makePasskey}
        </Press>
        {trouble === undefined ? null : (
          <p className="outcome warn" role="alert">
            {trouble}
          </p>
        )}
      </div>
    </Screen>
  );
}
