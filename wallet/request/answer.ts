import { approvalChallenge } from "../../protocol/approval.ts";
import type { ApproveRequest, ConsentView, RequestScreen } from "../../protocol/wallet.ts";
import { PasskeyFailure, type PasskeyTrouble, signWithPasskey } from "../api/passkey.ts";
import { Refusal } from "../api/refusal.ts";
import type { Wallet } from "../api/wallet.ts";
import { approvalOf, type Choices } from "./choices.ts";
import { type RequestEnd, requestEnd } from "./ends.ts";

/** What became of an approval, or of reading once more. Only `approved` changed anything. */
export type Outcome =
  | { readonly is: "approved"; readonly consent: ConsentView }
  | { readonly is: "changed"; readonly screen: RequestScreen }
  | { readonly is: "same"; readonly screen: RequestScreen }
  | { readonly is: "wrong_number"; readonly screen: RequestScreen }
  | { readonly is: "no_passkey"; readonly trouble: PasskeyTrouble }
  | { readonly is: "refused"; readonly because: RequestEnd };

/** A nonce lives 5 minutes; after 4 the ceremony might outlive it. */
const NONCE_GOOD_FOR = 240;

export interface Read {
  readonly screen: RequestScreen;
  /** When it was fetched. */
  readonly at: number;
}

/** Signs what was read and chosen with the passkey and sends it. When the exchange now says something else, that comes back instead. */
export async function approve(wallet: Wallet, read: Read, choices: Choices, now: number): Promise<Outcome> {
  try {
    const screen = now - read.at < NONCE_GOOD_FOR ? read.screen : await wallet.request(read.screen.id);
    if (screen.noticeHash !== read.screen.noticeHash) return { is: "changed", screen };
    const { v: _, decision, request, ...seenAndChosen } = approvalOf(screen, choices);
    const challenge = await approvalChallenge({ v: 1, decision, request, ...seenAndChosen });
    const response = await signWithPasskey(challenge);
    const submitted = { ...seenAndChosen, response: response as unknown as ApproveRequest["response"] };
    return { is: "approved", consent: await wallet.approve(request, submitted) };
  } catch (thrown) {
    if (thrown instanceof PasskeyFailure) return { is: "no_passkey", trouble: thrown.trouble };
    if (!(thrown instanceof Refusal)) throw thrown;
    if (thrown.kind === "changed") return again(wallet, read.screen.id, "changed");
    // Nothing else of what these screens send is refused so.
    if (thrown.kind === "not_accepted" && choices.number !== undefined)
      return again(wallet, read.screen.id, "wrong_number");
    return { is: "refused", because: requestEnd(thrown) };
  }
}

/** The request as it is now: a fresh nonce, for the same text or another. */
export async function readAgain(wallet: Wallet, { id, noticeHash }: RequestScreen): Promise<Outcome> {
  const outcome = await again(wallet, id, "changed");
  return outcome.is === "changed" && outcome.screen.noticeHash === noticeHash ? { ...outcome, is: "same" } : outcome;
}

const again = (wallet: Wallet, id: string, is: "changed" | "wrong_number"): Promise<Outcome> =>
  wallet.request(id).then(
    (screen) => ({ is, screen }),
    (thrown: unknown) => ({ is: "refused", because: requestEnd(thrown) }),
  );
