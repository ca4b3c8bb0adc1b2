import { createContext, useContext } from "react";
import type { Me, Session } from "../../protocol/wallet.ts";
import type { Call } from "../api/call.ts";
import type { Wallet } from "../api/wallet.ts";
import type { Kept } from "../request/choices.ts";

/** What differs between the Wallet on the web and Navigator on a phone. */
export interface Surface {
  readonly name: string;
  readonly call: Call;
  /** What a person knows this device by: `Firefox, Windows`. */
  readonly described: string;
  /** The one whose links are ours. */
  readonly walletOrigin: () => Promise<string>;
  /** Right after a ceremony: Navigator keeps the token. */
  readonly began: (session: Session) => Promise<void>;
  /** At every start and sign-in: Navigator tells how it is reached (UX-55). */
  readonly here: (wallet: Wallet) => Promise<void>;
  readonly ended: () => Promise<void>;
  readonly ringing?: Ringing;
}

/** Whether this browser rings: `denied` by the person, which only the browser's settings undo (UX-54); `impossible` where it cannot. */
export type Rings = "on" | "off" | "denied" | "impossible";

/** Web Push to this browser. */
export interface Ringing {
  now(): Promise<Rings>;
  /** After a click: the browser asks the person. */
  start(wallet: Wallet): Promise<Rings>;
  /** Without a wallet the session is over, and the exchange knows. */
  stop(wallet?: Wallet): Promise<Rings>;
}

/** What every screen of a signed-in person has at hand. */
export interface Here {
  readonly wallet: Wallet;
  readonly me: Me;
  readonly appName: string;
  readonly described: string;
  readonly walletOrigin: () => Promise<string>;
  readonly changedMe: (me: Me) => void;
  readonly signOut: () => Promise<void>;
  readonly ringing?: Ringing | undefined;
  readonly kept: Kept;
}

export const HereContext = createContext<Here | undefined>(undefined);

export function useHere(): Here {
  const here = useContext(HereContext);
  if (here === undefined) throw new Error("only screens of a signed-in person ask who is here");
  return here;
}
