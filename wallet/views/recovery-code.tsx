import { useState } from "react";
import type { RecoveryCode } from "../../protocol/wallet-recovery.ts";
import { confirmation } from "../account/confirm.ts";
import { RecoveryPaper } from "../account/recovery-paper.tsx";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import { day } from "../words/dates.ts";

/** The printed way back: whether there is one, and a new one. */
export function RecoveryCodeScreen() {
  const { wallet, me, appName, changedMe } = useHere();
  const [made, setMade] = useState<RecoveryCode>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const { codeMadeAt } = me.recovery ?? {};

  const make = async () => {
    setBusy(true);
    setFailed(false);
    const code = confirmation(wallet, "recovery_code").then(wallet.newRecoveryCode);
    await code.then(setMade, () => setFailed(true));
    setBusy(false);
  };
  const kept = ({ madeAt }: RecoveryCode) => {
    changedMe({ ...me, recovery: { codeMadeAt: madeAt } });
    setMade(undefined);
  };
  return (
    <Screen appName={appName} title={words.recovery.heading} back={to.settings} backWords={words.settings.heading}>
      {made === undefined ? (
        <>
          <p className="lead soft">{words.recovery.explained}</p>
          <section className="card stack">
            <p>{codeMadeAt === undefined ? words.recovery.none : words.recovery.madeOn(day(codeMadeAt, locale))}</p>
            <p className="small soft">{words.recovery.how}</p>
            {codeMadeAt === undefined ? null : <p className="small soft">{words.recovery.makeNewHint}</p>}
            <Press
              {...(codeMadeAt === undefined && { kind: "yes" })}
              wide
              busy={busy}
              working={words.welcome.working}
              onPress={make}
            >
              {codeMadeAt === undefined ? words.recovery.make : words.recovery.makeNew}
            </Press>
            {failed ? <p role="alert">{words.recovery.notMade}</p> : null}
          </section>
        </>
      ) : (
        <RecoveryPaper made={made} kept={() => kept(made)} />
      )}
    </Screen>
  );
}
