import { useCallback } from "react";
import type { Session } from "../../protocol/wallet.ts";
import type { Wallet } from "../api/wallet.ts";
import { to } from "../app/addresses.ts";
import { useWatched } from "../app/watch.ts";
import { askEnd } from "../elsewhere/ends.ts";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";
import { Welcome } from "./welcome.tsx";

interface AskWelcomeProps {
  readonly appName: string;
  readonly described: string;
  readonly wallet: Wallet;
  readonly again: boolean;
  readonly handle: string;
  readonly onBegan: (session: Session) => Promise<void>;
}

/** Signed out where a flow asks: who asks, and the way to another device. Whoever signs in here has chosen to answer here. */
export function AskWelcome({ appName, described, wallet, again, handle, onBegan }: AskWelcomeProps) {
  const ask = useCallback(() => wallet.ask(handle), [wallet, handle]);
  const { value, refused, thrown, look } = useWatched(ask);
  if (refused !== undefined) return <DeadEnd appName={appName} because={askEnd(thrown)} onRetry={look} />;
  if (value === undefined) return <Starting />;
  const began = async (session: Session) => {
    location.replace(to.askHere(handle));
    await onBegan(session);
  };
  return <Welcome {...{ appName, described, wallet, again }} ask={value} onBegan={began} />;
}
