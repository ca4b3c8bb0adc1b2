import type { Elsewhere } from "../../protocol/wallet-asks.ts";
import { clientMayAsk } from "../ask.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, newHandle, openHandle } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import { answerTo, isTold } from "../proposal.ts";
import { completion } from "./asks.ts";

/**
 * `GET /wallet/elsewhere/{id}`: what the page that waits may know. Before the answer that is nothing but the link and the number it shows; "I did not start
 * this", three wrong numbers and whatever else ends a flow are one word. Where it goes at the end opens nothing without the flow's cookie (N-70).
 */
export async function waitElsewhere(as: Exchange, walletOrigin: string, waiting: string): Promise<Elsewhere> {
  const handle = await openHandle(as, handleKind.waiting, waiting);
  const request = handle && (await as.records.requests.find(handle.id))?.value;
  if (handle === undefined || request?.redirect === undefined) throw new OAuthError("not_found", "no such flow");

  const { state, numberMatch, spent, createdAt, expiresAt, clientId, consentId } = request;
  const open = (state === "received" || state === "asked") && spent.length === 0 && now(as) < expiresAt;
  if (!open || numberMatch === undefined || !(await clientMayAsk(as, clientId))) return { state: "over" };
  const consent = state === "asked" ? (await as.records.consents.find(consentId))?.value : undefined;
  const answer = consent && answerTo(consent, handle.id);
  if (answer !== undefined)
    return isTold(answer) ? { state: "answered", ...(await completion(as, handle.id)) } : { state: "over" };

  const link = await newHandle(as, handleKind.link, handle.id, now(as));
  return {
    state: "waiting",
    number: numberMatch.number,
    link: `${walletOrigin}/link#/asks/${link.handle}`,
    startedAt: createdAt,
    expiresAt,
  };
}
