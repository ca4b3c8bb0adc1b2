import { listActivity } from "../core/wallet/activity.ts";
import { eraseMe } from "../core/wallet/erase.ts";
import { exportAll } from "../core/wallet/export.ts";
import { forgetConsent } from "../core/wallet/forget-consent.ts";
import type { Wallet } from "../core/wallet/wallet.ts";
import type { Answer, Answers } from "./http/http-function.ts";
import type { Given } from "./wallet-answers.ts";

/** What is kept of a person, for the person, a row a route. */
export function historyAnswers(as: Wallet, mine: (answer: Given) => Answer): Answers {
  return {
    "GET /wallet/activity": mine((who, { language }) => listActivity(as, who, language)),
    "GET /wallet/export": mine((who, { language }) => exportAll(as, who, language)),
    "POST /wallet/consents/{id}/forget": mine((who, _, id) => forgetConsent(as, who, id)),
    "POST /wallet/me/erase": mine((who, request) => eraseMe(as, who, request)),
  };
}
