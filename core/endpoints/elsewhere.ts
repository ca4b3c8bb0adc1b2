import { clientMayAsk } from "../ask.ts";
import { type AuthorizationRequest, asksToLink, sentElsewhere } from "../authorization-request.ts";
import { begunHere } from "../begun-here.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, newHandle, openHandle } from "../handles.ts";
import { newNumberMatch } from "../number-match.ts";
import { OAuthError } from "../oauth-error.ts";
import { rewritten } from "../rewritten.ts";
import type { Arrival, Onward } from "./authorization.ts";

/**
 * `GET /authorize/elsewhere?ask=…`: the person's Wallet is on another device. Only the browser the flow began in is sent to the page that shows the number and
 * waits: whoever carries the link of a flow to somebody else's browser cannot have a number shown there (N-70, RFC 10027 §6.1). Again keeps the number.
 */
export async function elsewhereEndpoint(
  as: Exchange,
  { parameters, cookies, walletOrigin }: Arrival & { readonly cookies: readonly string[] },
): Promise<Onward> {
  const ask = await openHandle(as, handleKind.ask, parameters.get("ask") ?? "");
  const id = await begunHere(as, cookies, ask);

  const request = await rewritten(as.records.requests, id, (current) => {
    const flow = stillHere(current, now(as));
    return flow.numberMatch === undefined ? sentElsewhere(flow, newNumberMatch()) : undefined;
  });
  if (request === undefined || !(await clientMayAsk(as, request.clientId)))
    throw new OAuthError("unauthorized_client", "the client is not active");

  const { handle } = await newHandle(as, handleKind.waiting, id, now(as));
  return { location: `${walletOrigin}/#/elsewhere/${handle}` };
}

/** Each way that is closed has words of its own (UX-18); a source is connected in the browser the person signed in to it with. @throws OAuthError invalid_request_uri, expired_token or gone */
function stillHere(request: AuthorizationRequest | undefined, time: number): AuthorizationRequest {
  if (request?.redirect === undefined || asksToLink(request))
    throw new OAuthError("invalid_request_uri", "no such flow");
  if (time >= request.expiresAt) throw new OAuthError("expired_token", "late");
  if (request.state !== "received" && request.numberMatch === undefined)
    throw new OAuthError("gone", "taken up in this browser");
  return request;
}
