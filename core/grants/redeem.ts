import type { TokenResponse } from "../../protocol/oauth.ts";
import { type AuthorizationRequest, asksToLink, redeemed } from "../authorization-request.ts";
import type { Consent } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { amendedGrantId, isManaged } from "../grant-management.ts";
import { handleKind, newHandle, type OpenedHandle, sameHash } from "../handles.ts";
import { idToken } from "../id-token.ts";
import { issueTokens, mayIssue } from "../issue-tokens.ts";
import { patsRevoked } from "../link.ts";
import { linkMadeBy } from "../linking.ts";
import { readWanted } from "../narrowing.ts";
import { OAuthError } from "../oauth-error.ts";
import { rewritten } from "../rewritten.ts";
import { isReplay, replayed } from "../spent.ts";
import type { Store, Stored } from "../store.ts";
import { isSignIn } from "../terms.ts";
import { collected } from "../transitions.ts";
import type { GrantRequest } from "./grant.ts";

export interface Presented {
  readonly handle: OpenedHandle;
  readonly stored: Stored<AuthorizationRequest>;
  readonly consent: Consent | undefined;
}

/**
 * The request whose handle in force this Client presents, and its Consent, both read strongly; `read`: the Consent, if it was just read.
 * @throws OAuthError invalid_grant for anything else; a replay by the same Client kills what the first use led to (RFC 6749 §4.1.2, N-23)
 */
export async function presented(
  as: Exchange,
  handle: OpenedHandle | undefined,
  { party, receivedAtMs }: GrantRequest,
  read?: Consent,
): Promise<Presented> {
  const stored = handle && (await as.records.requests.find(handle.id));
  if (handle === undefined || stored === undefined) throw new OAuthError("invalid_grant", "no such request");
  if (stored.value.clientId !== party.client_id) throw new OAuthError("invalid_grant", "another client's request");
  const request: AuthorizationRequest = stored.value;
  if (!isInForce(stored.value, handle)) {
    if (isReplay(request.spent, handle.hash, receivedAtMs)) await whatItLedToDies(as, handle.id, request);
    throw new OAuthError("invalid_grant", "the handle is spent or unknown");
  }
  return { handle, stored, consent: read ?? (await as.records.consents.find(stored.value.consentId))?.value };
}

/** Spends the handle, then issues. What can be refused without spending is refused before. */
export async function redeem(
  as: Exchange,
  { party, parameters, cnf }: GrantRequest,
  { handle, stored }: Presented,
  consent: Consent,
  endedMeanwhile: "access_denied" | "invalid_grant",
): Promise<TokenResponse> {
  const request = stored.value;
  const clientId = party.client_id;
  const wanted = await readWanted(as.registry, parameters, clientId);
  // The person, or somebody they trust, changed their mind between approval and redemption (N-48).
  const refused = (error: unknown) => {
    throw error instanceof OAuthError && error.code === "invalid_grant"
      ? new OAuthError(endedMeanwhile, error.message)
      : error;
  };
  // Nothing of this step hangs on a Link's revision: the sources stand as they did when it was first looked at.
  const issuing = { ...as, records: { ...as.records, links: foundOnce(as.records.links) } };
  await mayIssue(issuing, consent, { clientId, wanted }).catch(refused);

  await spend(as, handle, stored);

  // A sign-in is over with its token: nothing of it is refreshed.
  const refreshToken = isSignIn(request.terms)
    ? undefined
    : await newHandle(as, handleKind.refreshToken, request.consentId, now(as));
  const amended = await amendedGrantId(as, request);
  const grant =
    amended === undefined && isManaged(request, party)
      ? await newHandle(as, handleKind.grant, request.consentId, now(as))
      : undefined;
  const response = await issueTokens(issuing, {
    clientId,
    wanted,
    consentId: request.consentId,
    cnf,
    commit: (current) =>
      collected(current, refreshToken && { hash: refreshToken.hash, issuedAt: now(as) }, now(as), grant?.hash),
  })
    .catch(refused)
    .catch(notAgain);
  const signIn = request.scope.includes("openid")
    ? { id_token: await idToken(as, consent, request.redirect?.nonce) }
    : {};
  const grant_id = amended ?? grant?.handle;
  const managed = grant_id === undefined ? {} : { grant_id };
  const kept = refreshToken === undefined ? {} : { refresh_token: refreshToken.handle };
  return { ...response, ...kept, ...signIn, ...managed };
}

/** What is spent is not worth trying again, though the person only paused it a moment ago: the Client asks anew. */
function notAgain(error: unknown): never {
  throw error instanceof OAuthError && error.code === "temporarily_unavailable"
    ? new OAuthError("invalid_grant", `${error.message}, and the handle is spent`)
    : error;
}

/** Each record is read once, as long as this is kept. */
function foundOnce<T>(store: Store<T>): Store<T> {
  const found = new Map<string, ReturnType<Store<T>["find"]>>();
  const find: Store<T>["find"] = (id) => {
    const finding = found.get(id) ?? store.find(id);
    found.set(id, finding);
    return finding;
  };
  return { ...store, find };
}

/** Once, whatever else the stream writes on the request meanwhile (a delivered ping is erased just when its Client comes to fetch). */
async function spend(
  as: Pick<Exchange, "records" | "nowMs">,
  handle: OpenedHandle,
  stored: Stored<AuthorizationRequest>,
): Promise<void> {
  const next = redeemed(stored.value, as.nowMs());
  if ((await as.records.requests.replace(handle.id, stored, next)) === "replaced") return;
  await rewritten(as.records.requests, handle.id, (current) => {
    if (!isInForce(current, handle)) throw new OAuthError("invalid_grant", "redeemed concurrently");
    return redeemed(current, as.nowMs());
  });
}

function isInForce(request: AuthorizationRequest | undefined, { hash }: OpenedHandle): request is AuthorizationRequest {
  return request?.handleHash !== undefined && sameHash(request.handleHash, hash);
}

async function whatItLedToDies(
  as: Pick<Exchange, "records" | "nowMs">,
  id: string,
  request: AuthorizationRequest,
): Promise<void> {
  if (!asksToLink(request)) return replayed(as, request.consentId);
  const made = await linkMadeBy(as, id, request);
  if (made !== undefined) await rewritten(as.records.links, made.id, (link) => link && patsRevoked(link));
}
