import type { Parameters } from "../../protocol/oauth.ts";
import { clientMayAsk } from "../ask.ts";
import { type AuthorizationRequest, completed, ended } from "../authorization-request.ts";
import type { Consent } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, newHandle, type OpenedHandle, openHandle, sameHash } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Stored } from "../store.ts";
import { ARRIVE, handleInRequestUri } from "./pushed-authorization.ts";

/** Where the browser goes next, and the cookie it takes along. */
export interface Onward {
  readonly location: string;
  readonly cookie?: string;
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
  const why = whyNotOpen(stored.value, handle, parameters.get("client_id"), now(as));
  if (why !== undefined) throw new OAuthError("invalid_request_uri", why);
  if (!(await clientMayAsk(as, stored.value.clientId)))
    throw new OAuthError("invalid_request_uri", `${stored.value.clientId} is not active`);

  const [browser, ask] = await Promise.all([
    newHandle(as, handleKind.browser, handle.id, now(as)),
    newHandle(as, handleKind.ask, handle.id, now(as)),
  ]);
  return { location: `${walletOrigin}/#/asks/${ask.handle}`, cookie: browser.handle };
}

function whyNotOpen(
  request: AuthorizationRequest,
  handle: OpenedHandle,
  clientId: string | undefined,
  time: number,
): string | undefined {
  if (request.clientId !== clientId) return "another client's request_uri";
  if (request.handleHash === undefined || !sameHash(request.handleHash, handle.hash))
    return "completed before (RFC 9126 §4)";
  const limit = request.state === "received" ? request.createdAt + ARRIVE : request.expiresAt;
  return time >= limit ? "late" : undefined;
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
  const begun = await Promise.all(cookies.map((cookie) => openHandle(as, handleKind.browser, cookie)));
  const id = begun.find((browser) => browser !== undefined && browser.id === completion?.id)?.id;
  if (id === undefined) throw new OAuthError("access_denied", "not the browser the flow began in");
  const stored = await as.records.requests.find(id);
  const consent = stored && (await as.records.consents.find(stored.value.consentId))?.value;
  if (stored?.value.redirect === undefined || stored.value.state !== "asked" || now(as) >= stored.value.expiresAt)
    throw new OAuthError("invalid_request_uri", "the flow is over");
  const alreadyAnswered = stored.value.spent.length > 0;
  if (alreadyAnswered) throw new OAuthError("invalid_request_uri", "completed before");

  return { location: await answer(as, id, stored, consent) };
}

/** RFC 6749 §4.1.2 and §4.1.2.1, RFC 9207 §2. */
async function answer(
  as: Exchange,
  id: string,
  stored: Stored<AuthorizationRequest>,
  consent: Consent | undefined,
): Promise<string> {
  const { redirect } = stored.value;
  if (redirect === undefined || consent === undefined || consent.state === "requested")
    throw new OAuthError("invalid_request_uri", "not answered yet");
  const approved = consent.state === "active" || consent.state === "paused";
  const code = approved ? await newHandle(as, handleKind.code, id, now(as)) : undefined;
  const next = code === undefined ? ended(stored.value, as.nowMs()) : completed(stored.value, code.hash, as.nowMs());
  if ((await as.records.requests.replace(id, stored, next)) === "conflict")
    throw new OAuthError("invalid_request_uri", "completed concurrently");
  const url = new URL(redirect.redirect_uri);
  const members = code === undefined ? { error: "access_denied" } : { code: code.handle };
  for (const [name, value] of Object.entries({ ...members, state: redirect.state, iss: as.issuer }))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}
