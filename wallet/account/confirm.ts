import type { Confirmation, ConfirmedAct } from "../../protocol/wallet-ceremonies.ts";
import { showPasskey } from "../api/passkey.ts";
import type { Wallet } from "../api/wallet.ts";

/** The person confirms with a passkey what they are about to do. */
export async function confirmation(wallet: Wallet, act: ConfirmedAct, about = ""): Promise<Confirmation> {
  const offered = await wallet.confirmOptions(act, about);
  return {
    challenge: offered.challenge,
    response: (await showPasskey(offered)) as unknown as Confirmation["response"],
  };
}
