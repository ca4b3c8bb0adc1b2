import { Confirmation } from "../../protocol/wallet-ceremonies.ts";
import { erasing } from "../erasure.ts";
import { now } from "../exchange.ts";
import { rewritten } from "../rewritten.ts";
import { parsedBody } from "./body.ts";
import { confirmed } from "./ceremony.ts";
import type { SignedIn } from "./session.ts";
import type { Wallet, WalletRequest } from "./wallet.ts";

/** `POST /wallet/me/erase`: one write shuts every gate; the rest follows each minute. A passkey confirms it just now, and there is no way back. */
export async function eraseMe(as: Wallet, who: SignedIn, request: WalletRequest): Promise<void> {
  await confirmed(as, who, parsedBody(Confirmation, request), "erase_account");
  await rewritten(as.records.people, who.personId, (person) =>
    person === undefined || person.status === "erasing" ? undefined : erasing(person, now(as)),
  );
}
