import { useCallback, useState } from "react";
import type { Session } from "../../protocol/wallet.ts";
import { AskRecovery } from "../account/ask-recovery.tsx";
import { keptRecovery } from "../account/kept-recovery.ts";
import { RecoveryOpen } from "../account/recovery-open.tsx";
import type { Wallet } from "../api/wallet.ts";
import { to } from "../app/addresses.ts";
import { useNow, useWatched } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import { clock, day } from "../words/dates.ts";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";

interface RecoverProps {
  readonly appName: string;
  readonly described: string;
  readonly wallet: Wallet;
  readonly onBegan: (session: Session) => Promise<void>;
}

/** For somebody who lost every passkey: the code, the wait, the new passkey. */
export function RecoverScreen(props: RecoverProps) {
  const [kept, setKept] = useState(keptRecovery.read());
  const begin = (recovery: string) => {
    keptRecovery.keep(recovery);
    setKept(recovery);
  };
  const forget = () => {
    keptRecovery.forget();
    setKept(undefined);
  };
  return kept === undefined ? (
    <AskRecovery {...props} begun={begin} />
  ) : (
    <Waiting {...props} key={kept} recovery={kept} forget={forget} />
  );
}

interface WaitingProps extends RecoverProps {
  readonly recovery: string;
  readonly forget: () => void;
}

const EVERY_MS = 60_000;

function Waiting({ recovery, forget, ...props }: WaitingProps) {
  const { appName, wallet } = props;
  const ask = useCallback(() => wallet.recovery(recovery), [wallet, recovery]);
  const { value, refused, look } = useWatched(ask, EVERY_MS);
  const now = useNow(1_000);
  if (refused === "not_found") return <Over appName={appName} again={forget} />;
  if (value === undefined)
    return refused === undefined ? <Starting /> : <DeadEnd appName={appName} because={refused} onRetry={look} />;
  if (now >= value.opensAt)
    return <RecoveryOpen {...props} recovery={recovery} endsAt={value.endsAt} done={forget} over={look} />;
  return (
    <Screen appName={appName} title={words.recovery.waitHeading} back={to.home} backWords={words.recovery.back}>
      <p className="lead">{words.recovery.waitText(day(value.opensAt, locale), clock(value.opensAt, locale))}</p>
      <p>{words.recovery.waitWhy}</p>
      <p className="outcome warn">{words.recovery.waitHere}</p>
    </Screen>
  );
}

function Over({ appName, again }: { readonly appName: string; readonly again: () => void }) {
  return (
    <Screen appName={appName} title={words.recovery.overHeading} back={to.home} backWords={words.recovery.back}>
      <p className="lead">{words.recovery.overText}</p>
      <div className="apart">
        <Press wide onPress={again}>
          {words.recovery.again}
        </Press>
      </div>
    </Screen>
  );
}
