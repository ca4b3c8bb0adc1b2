import type { Parameters } from "../../protocol/oauth.ts";
import { clientMayAsk } from "../ask.ts";
import { type AuthorizationRequest, asksToLink, completed, ended, LINK_LASTS } from "../authorization-request.ts";
import { authorizationResponse } from "../authorization-response.ts";
import { begunHere } from "../begun-here.ts";
import type { Consent } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, newHandle, type OpenedHandle, openHandle, sameHash } from "../handles.ts";
import { linkMadeBy } from "../linking.ts";
import { OAuthError } from "../oauth-error.ts";
import { answerTo } from "../proposal.ts";
import type { Stored } from "../store.ts";
import { ANSWER, ARRIVE, handleInRequestUri } from "./pushed-authorization.ts";

/** Where the browser goes next, and the cookie it takes along. */
export interface Onward {
  readonly location: string;
  readonly cookie?: string;
  /** Seconds, where it is not what a flow lasts. */
  readonly cookieLasts?: number;
}

export interface Arrival {
  readonly parameters: Parameters;
  readonly walletOrigin: string;
}

/**
 * RFC 6749 §4.1.1 by request_uri alone (RFC 9126 §4). The browser gets a cookie that names this flow and goes on to the Wallet; nothing is written, so that a
 * prefetched or reloaded page costs nothing (FAPI 2.0 §5.3.2.2).
 */
export async function authorizationEndpoint(as: Exchange, { parameters, walletOrigin }: Arrival): Promise<Onward> {
  const handle = await openHandle(as, handleKind.requestUri, handleInRequestUri(parameters.get("request_uri")) ?? "");
  const stored = handle && (await as.records.requests.find(handle.id));
  if (handle === undefined || stored === undefined)
    throw new OAuthError("invalid_request_uri", "no request_uri of ours");
  stillOpen(stored.value, handle, parameters.get("client_id"), now(as));
  await ofActiveClient(as, stored.value);

  const [browser, ask] = await Promise.all([
    newHandle(as, handleKind.browser, handle.id, now(as)),
    newHandle(as, handleKind.ask, handle.id, now(as)),
  ]);
  const longer = asksToLink(stored.value) && { cookieLasts: LINK_LASTS };
  return { location: `${walletOrigin}/#/asks/${ask.handle}`, cookie: browser.handle, ...longer };
}

/**
 * Each way in that is closed has words of its own (UX-18, `functions/http/browser.ts`).
 * @throws OAuthError invalid_request_uri, gone or expired_token
 */
function stillOpen(
  request: AuthorizationRequest,
  handle: OpenedHandle,
  clientId: string | undefined,
  time: number,
): void {
  if (request.clientId !== clientId) throw new OAuthError("invalid_request_uri", "another client's request_uri");
  if (request.handleHash === undefined || !sameHash(request.handleHash, handle.hash))
    throw new OAuthError("gone", "completed before (RFC 9126 §4)");
  const limit =
    request.state === "received" ? request.createdAt + ARRIVE : Math.min(request.expiresAt, request.createdAt + ANSWER);
  if (time >= limit) throw new OAuthError("expired_token", "late");
}

/** Nothing of a suspended Client goes on, and nothing is used up: resumed in time, it does. */
async function ofActiveClient(as: Exchange, { clientId }: AuthorizationRequest): Promise<void> {
  if (!(await clientMayAsk(as, clientId))) throw new OAuthError("unauthorized_client", `${clientId} is not active`);
}

/**
 * Back from the Wallet, in the browser the flow began in: its cookie and the Wallet's completion must name the same flow, so a link carried to another
 * browser delivers nothing (N-70). The answer goes to the Client with `iss` (RFC 9207).
 */
export async function resumeEndpoint(
  as: Exchange,
  { parameters, cookies }: Pick<Arrival, "parameters"> & { readonly cookies: readonly string[] },
): Promise<Onward> {
  const completion = await openHandle(as, handleKind.completion, parameters.get("completion") ?? "");
  const id = await begunHere(as, cookies, completion);
  const stored = await as.records.requests.find(id);
  if (stored?.value.redirect === undefined) throw new OAuthError("invalid_request_uri", "no such flow");
  const alreadyAnswered = stored.value.state !== "asked" || stored.value.spent.length > 0;
  if (alreadyAnswered) throw new OAuthError("gone", "completed before");
  if (now(as) >= stored.value.expiresAt) throw new OAuthError("expired_token", "the flow is over");
  await ofActiveClient(as, stored.value);

  return { location: await answer(as, id, stored) };
}

/** The request_uri is used up, and what takes its place goes to the Client. */
async function answer(as: Exchange, id: string, stored: Stored<AuthorizationRequest>): Promise<string> {
  const { redirect } = stored.value;
  const decision = asksToLink(stored.value)
    ? await decisionToLink(as, id, stored.value)
    : decisionOn((await as.records.consents.find(stored.value.consentId))?.value, id);
  if (redirect === undefined || decision === undefined) throw new OAuthError("invalid_request_uri", "not answered yet");
  const approved = decision === "approved" && (await isActive(as, stored.value.personId));
  const code = approved ? await newHandle(as, handleKind.code, id, now(as)) : undefined;
  const next = code === undefined ? ended(stored.value, as.nowMs()) : completed(stored.value, code.hash, as.nowMs());
  if ((await as.records.requests.replace(id, stored, next)) === "conflict")
    throw new OAuthError("gone", "completed concurrently");
  return authorizationResponse(
    as,
    stored.value.clientId,
    redirect,
    code === undefined ? { error: "access_denied" } : { code: code.handle },
  );
}

/** N-48: a person locked meanwhile gives nothing. */
async function isActive(as: Exchange, personId = ""): Promise<boolean> {
  return (await as.registry.person(personId))?.status === "active";
}

type Decided = "approved" | "declined" | undefined;

function decisionOn(consent: Consent | undefined, id: string): Decided {
  const answer = consent && answerTo(consent, id);
  return answer === undefined || answer === "approved" ? answer : "declined";
}

async function decisionToLink(as: Exchange, id: string, request: AuthorizationRequest): Promise<Decided> {
  if (request.declinedAt !== undefined) return "declined";
  return (await linkMadeBy(as, id, request)) === undefined ? undefined : "approved";
}
