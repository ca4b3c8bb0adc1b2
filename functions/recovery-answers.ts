import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { me } from "../core/wallet/me.ts";
import { askRecovery, recover, recoveryOptions, showRecovery } from "../core/wallet/recovery.ts";
import { declineRecoveryCode, newRecoveryCode, stopRecovery } from "../core/wallet/recovery-code.ts";
import type { Wallet, WalletRequest } from "../core/wallet/wallet.ts";
import { jsonAnswer } from "./http/endpoints.ts";
import type { Answer, Answers } from "./http/http-function.ts";
import type { Given } from "./wallet-answers.ts";

type Open = (answer: (request: WalletRequest, id: string) => Promise<APIGatewayProxyStructuredResultV2>) => Answer;
type Begin = (session: Awaited<ReturnType<typeof recover>>) => APIGatewayProxyStructuredResultV2;

/** The way back for somebody who lost every passkey, a row a route: with a session, and before one. */
export function recoveryAnswers(as: Wallet, mine: (answer: Given) => Answer, open: Open, begun: Begin): Answers {
  return {
    "POST /wallet/me/recovery-code": mine((who, request) => newRecoveryCode(as, who, request)),
    "POST /wallet/me/recovery/decline": mine(async (who) => me(await declineRecoveryCode(as, who))),
    "POST /wallet/me/recovery/stop": mine(async (who) => me(await stopRecovery(as, who))),
    "POST /wallet/recovery": open(async (request) => jsonAnswer(200, await askRecovery(as, request))),
    "GET /wallet/recovery/{id}": open(async (_, id) => jsonAnswer(200, await showRecovery(as, id))),
    "POST /wallet/recovery/{id}/options": open(async (_, id) => jsonAnswer(200, await recoveryOptions(as, id))),
    "POST /wallet/recovery/{id}": open(async (request, id) => begun(await recover(as, request, id))),
  };
}
