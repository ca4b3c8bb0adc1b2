import { useEffect, useState } from "react";
import type { Session } from "../../protocol/wallet.ts";
import { filledInPasskey, stopWaiting } from "../api/passkey.ts";
import type { Wallet } from "../api/wallet.ts";

/** A ceremony lasts five minutes: a fresh one before that. */
const RENEWED_MS = 240_000;

/** While the page is idle, the browser offers the person's passkeys where it fills in their name. */
export function useAutofill(
  wallet: Wallet,
  described: string,
  idle: boolean,
  began: (session: Session) => Promise<void>,
  refused: (thrown: unknown) => void,
): void {
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round offers anew; what follows is of the page that began it
  useEffect(() => {
    if (!idle) return;
    let over = false;
    const renewal = setTimeout(() => setRound(round + 1), RENEWED_MS);
    const offer = async () => {
      const filled = await filledInPasskey(wallet.sessionOptions).catch(() => undefined);
      if (filled === undefined || over) return;
      await wallet.signIn(described, filled.challenge, filled.response).then(began, (thrown: unknown) => {
        refused(thrown);
        setRound(round + 1);
      });
    };
    void offer();
    return () => {
      over = true;
      clearTimeout(renewal);
      stopWaiting();
    };
  }, [wallet, idle, round]);
}
