import { linkChallenge } from "../../protocol/approval.ts";
import type { LinkApproveRequest, LinkScreen } from "../../protocol/wallet-sources.ts";
import { PasskeyFailure, type PasskeyTrouble, signWithPasskey } from "../api/passkey.ts";
import { Refusal, type RefusalKind } from "../api/refusal.ts";
import type { Wallet } from "../api/wallet.ts";

/** What became of a yes. Only `connected` changed anything. */
export type Outcome =
  | { readonly is: "connected"; readonly continueAt: string | undefined }
  | { readonly is: "changed"; readonly screen: LinkScreen }
  | { readonly is: "no_passkey"; readonly trouble: PasskeyTrouble }
  | { readonly is: "refused"; readonly because: RefusalKind };

/** Signs what was read with the passkey and sends it, with a fresh nonce. When the exchange now says something else, that comes back instead. */
export async function connect(wallet: Wallet, read: LinkScreen): Promise<Outcome> {
  try {
    const screen = await wallet.link(read.id);
    if (screen.noticeHash !== read.noticeHash) return { is: "changed", screen };
    const { id: request, revision, nonce, noticeHash, notice } = screen;
    const seen = { revision, nonce, notice: noticeHash, language: notice.language };
    const challenge = await linkChallenge({ v: 1, decision: "link", request, ...seen });
    const response = await signWithPasskey(challenge);
    const onward = await wallet.approveLink(request, {
      ...seen,
      response: response as unknown as LinkApproveRequest["response"],
    });
    return { is: "connected", continueAt: onward?.continueAt };
  } catch (thrown) {
    if (thrown instanceof PasskeyFailure) return { is: "no_passkey", trouble: thrown.trouble };
    if (!(thrown instanceof Refusal)) throw thrown;
    return { is: "refused", because: thrown.kind };
  }
}
