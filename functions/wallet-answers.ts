import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { showLogo } from "../core/logo.ts";
import { newCode } from "../core/one-time-code.ts";
import { accountOptions, createAccount, sessionOptions, signIn } from "../core/wallet/account.ts";
import { approveRequest } from "../core/wallet/approve.ts";
import { showAsk, takeAsk } from "../core/wallet/asks.ts";
import { parsedBody } from "../core/wallet/body.ts";
import { giveClaims, refuseClaims, showClaims } from "../core/wallet/claims.ts";
import { showConsent } from "../core/wallet/consent-detail.ts";
import { listConsents } from "../core/wallet/consent-list.ts";
import {
  keepConsent,
  pauseConsent,
  resumeConsent,
  shortenConsent,
  withdrawConsent,
} from "../core/wallet/consent-steps.ts";
import { pushKey, registerDevice } from "../core/wallet/devices.ts";
import { waitElsewhere } from "../core/wallet/elsewhere.ts";
import { approveLink, declineLink, showLink } from "../core/wallet/links.ts";
import { me, setQuietHours, setReminders, setUserCode, setWalletName } from "../core/wallet/me.ts";
import { openNotification } from "../core/wallet/notifications.ts";
import { openNumber } from "../core/wallet/number.ts";
import { listPlaces } from "../core/wallet/places.ts";
import { declineRequest, listRequests, showRequest } from "../core/wallet/requests.ts";
import { endSession, type SignedIn, signedIn } from "../core/wallet/session.ts";
import { listSources, unlinkSource } from "../core/wallet/sources.ts";
import type { Wallet, WalletRequest } from "../core/wallet/wallet.ts";
import { QuietHoursRequest, RemindersRequest, UserCodeRequest, WalletNameRequest } from "../protocol/settings.ts";
import { CodeRequest, DeclineRequest, type Session } from "../protocol/wallet.ts";
import { accountAnswers } from "./account-answers.ts";
import { historyAnswers } from "./history-answers.ts";
import { jsonAnswer, picture } from "./http/endpoints.ts";
import type { Answer, Answers } from "./http/http-function.ts";
import { type Origins, person, preflight, sessionCookie } from "./http/person.ts";
import { recoveryAnswers } from "./recovery-answers.ts";

export type Given = (who: SignedIn, request: WalletRequest, id: string) => Promise<unknown>;

/** The wallet surface, a row a route: before a session, and with one. */
export function walletAnswers(as: Wallet, origins: Origins): Answers {
  const open = (answer: (request: WalletRequest, id: string) => Promise<APIGatewayProxyStructuredResultV2>) =>
    person(origins, answer);
  const mine = (answer: Given): Answer =>
    person(origins, async (request, id) => {
      const body = await answer(await signedIn(as, request), request, id);
      return body === undefined ? jsonAnswer(204, undefined) : jsonAnswer(200, body);
    });

  const answers: Answers = {
    "POST /wallet/account/options": open(async (request) => jsonAnswer(200, await accountOptions(as, request))),
    "POST /wallet/account": open(async (request) => begun(201, await createAccount(as, request))),
    "POST /wallet/session/options": open(async () => jsonAnswer(200, await sessionOptions(as))),
    "POST /wallet/session": open(async (request) => begun(200, await signIn(as, request))),
    "DELETE /wallet/session": open(async (request) => {
      await endSession(as, request);
      return { ...jsonAnswer(204, undefined), cookies: [sessionCookie("", 0)] };
    }),

    "GET /wallet/logos/{id}": open(async (_, id) => picture(await showLogo(as, id))),

    ...accountAnswers(as, mine),
    ...recoveryAnswers(as, mine, open, (session) => begun(200, session)),
    ...historyAnswers(as, mine),
    "GET /wallet/me": mine(async (who) => me(who.person)),
    "PUT /wallet/me/wallet-name": mine((who, request) =>
      setWalletName(as, who, parsedBody(WalletNameRequest, request).walletName),
    ),
    "PUT /wallet/me/user-code": mine((who, request) =>
      setUserCode(as, who, parsedBody(UserCodeRequest, request).userCode),
    ),
    "PUT /wallet/me/quiet-hours": mine((who, request) =>
      setQuietHours(as, who, parsedBody(QuietHoursRequest, request).quietHours),
    ),
    "PUT /wallet/me/reminders": mine((who, request) =>
      setReminders(as, who, parsedBody(RemindersRequest, request).reminders),
    ),
    "POST /wallet/devices": mine((who, request) => registerDevice(as, who, request)),
    "GET /wallet/devices/key": mine(() => pushKey(as)),
    "GET /wallet/notifications/{id}": mine((who, _, id) => openNotification(as, who, id)),
    "POST /wallet/codes": mine((who, request) => newCode(as, parsedBody(CodeRequest, request).for, who.personId)),
    "GET /wallet/sources": mine((who, { language }) => listSources(as, who, language)),
    "GET /wallet/places": mine((who) => listPlaces(as, who)),
    "POST /wallet/sources/{id}/unlink": mine((who, _, id) => unlinkSource(as, who, id)),
    "GET /wallet/asks/{id}": open(async (_, id) => jsonAnswer(200, await showAsk(as, id))),
    "POST /wallet/asks/{id}": mine((who, _, id) => takeAsk(as, who, id)),
    "GET /wallet/claims/{id}": mine((who, _, id) => showClaims(as, who, id)),
    "POST /wallet/claims/{id}": mine((who, _, id) => giveClaims(as, who, id)),
    "POST /wallet/claims/{id}/refuse": mine((who, _, id) => refuseClaims(as, who, id)),
    "GET /wallet/elsewhere/{id}": open(async (_, id) => jsonAnswer(200, await waitElsewhere(as, origins.wallet, id))),
    "GET /wallet/numbers/{id}": mine((who, _, id) => openNumber(as, who, id)),
    "GET /wallet/links/{id}": mine((who, { language }, id) => showLink(as, who, id, language)),
    "POST /wallet/links/{id}/approve": mine((who, request, id) => approveLink(as, who, request, id)),
    "POST /wallet/links/{id}/decline": mine((who, _, id) => declineLink(as, who, id)),
    "GET /wallet/requests": mine((who, { language }) => listRequests(as, who, language)),
    "GET /wallet/requests/{id}": mine((who, { language }, id) => showRequest(as, who, id, language)),
    "POST /wallet/requests/{id}/approve": mine((who, request, id) => approveRequest(as, who, request, id)),
    "POST /wallet/requests/{id}/decline": mine((who, request, id) =>
      declineRequest(as, who, id, parsedBody(DeclineRequest, { body: request.body ?? {} }).notMe),
    ),
    "GET /wallet/consents": mine((who, request) => listConsents(as, who, request)),
    "GET /wallet/consents/{id}": mine((who, { language }, id) => showConsent(as, who, id, language)),
    "POST /wallet/consents/{id}/withdraw": mine((who, { language }, id) => withdrawConsent(as, who, id, language)),
    "POST /wallet/consents/{id}/pause": mine((who, { language }, id) => pauseConsent(as, who, id, language)),
    "POST /wallet/consents/{id}/resume": mine((who, { language }, id) => resumeConsent(as, who, id, language)),
    "POST /wallet/consents/{id}/keep": mine((who, { language }, id) => keepConsent(as, who, id, language)),
    "POST /wallet/consents/{id}/shorten": mine((who, request, id) => shortenConsent(as, who, request, id)),
  };
  const paths = new Set(Object.keys(answers).map((route) => route.slice(route.indexOf(" ") + 1)));
  return { ...answers, ...Object.fromEntries([...paths].map((path) => [`OPTIONS ${path}`, preflight(origins)])) };
}

/** On the web the secret goes into the cookie and nowhere else; for Navigator it is the token in the answer. */
function begun(
  status: number,
  { secret, ...session }: Session & { readonly secret: string },
): APIGatewayProxyStructuredResultV2 {
  const answer = jsonAnswer(status, session);
  if (session.token !== undefined) return answer;
  return { ...answer, cookies: [sessionCookie(secret, session.expiresAt - Math.floor(Date.now() / 1000))] };
}
