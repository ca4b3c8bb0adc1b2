import { createContext, useContext } from "react";
import type { Me, Session } from "../../protocol/wallet.ts";
import type { Call } from "../api/call.ts";
import type { Wallet } from "../api/wallet.ts";

/** What differs between the Wallet on the web and Navigator on a phone. */
export interface Surface {
  readonly name: string;
  readonly call: Call;
  /** The one whose links are ours. */
  readonly walletOrigin: () => Promise<string>;
  /** Right after a ceremony: Navigator keeps the token. */
  readonly began: (session: Session) => Promise<void>;
  /** At every start and sign-in: Navigator tells how it is reached (UX-55). */
  readonly here: (wallet: Wallet) => Promise<void>;
  readonly ended: () => Promise<void>;
}

/** What every screen of a signed-in person has at hand. */
export interface Here {
  readonly wallet: Wallet;
  readonly me: Me;
  readonly appName: string;
  readonly walletOrigin: () => Promise<string>;
  readonly changedMe: (me: Me) => void;
  readonly signOut: () => Promise<void>;
}

export const HereContext = createContext<Here | undefined>(undefined);

export function useHere(): Here {
  const here = useContext(HereContext);
  if (here === undefined) throw new Error("only screens of a signed-in person ask who is here");
  return here;
}
