import { confirmOptions } from "../core/wallet/ceremony.ts";
import { listMuted, unmute } from "../core/wallet/muted.ts";
import { listDevices, removeDevice, renameDevice } from "../core/wallet/own-devices.ts";
import { addPasskey, listPasskeys, passkeyOptions, removePasskey, renamePasskey } from "../core/wallet/passkeys.ts";
import { endOtherSessions } from "../core/wallet/session.ts";
import { endOneSession, listSessions } from "../core/wallet/sessions.ts";
import type { Wallet } from "../core/wallet/wallet.ts";
import type { Answer, Answers } from "./http/http-function.ts";
import type { Given } from "./wallet-answers.ts";

/** How a person gets in, and who gets to them, a row a route. */
export function accountAnswers(as: Wallet, mine: (answer: Given) => Answer): Answers {
  return {
    "POST /wallet/session/end-others": mine((who) => endOtherSessions(as, who)),
    "GET /wallet/sessions": mine((who) => listSessions(as, who)),
    "DELETE /wallet/sessions/{id}": mine((who, _, id) => endOneSession(as, who, id)),
    "POST /wallet/confirm/options": mine((who, request) => confirmOptions(as, who, request)),
    "GET /wallet/devices": mine((who) => listDevices(as, who)),
    "PUT /wallet/devices/{id}": mine((who, request, id) => renameDevice(as, who, request, id)),
    "DELETE /wallet/devices/{id}": mine((who, _, id) => removeDevice(as, who, id)),
    "GET /wallet/muted": mine((who) => listMuted(as, who)),
    "DELETE /wallet/muted/{id}": mine((who, _, id) => unmute(as, who, id)),
    "GET /wallet/passkeys": mine((who) => listPasskeys(as, who)),
    "POST /wallet/passkeys": mine((who, request) => addPasskey(as, who, request)),
    "POST /wallet/passkeys/options": mine((who, request) => passkeyOptions(as, who, request)),
    "PUT /wallet/passkeys/{id}": mine((who, request, id) => renamePasskey(as, who, request, id)),
    "POST /wallet/passkeys/{id}/remove": mine((who, request, id) => removePasskey(as, who, request, id)),
  };
}
