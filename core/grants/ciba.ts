import type { AuthorizationRequest } from "../authorization-request.ts";
import { redeemed } from "../authorization-request.ts";
import { type Consent, collected, tokensRevoked } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { sourceAsked } from "../granted.ts";
import { handleKind, newHandle, openHandle, sameHash } from "../handles.ts";
import { idToken } from "../id-token.ts";
import { issueTokens } from "../issue-tokens.ts";
import { narrowed } from "../narrowing.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Grant } from "./grant.ts";
import { paced } from "./pace.ts";

/** Arriving within this time of the first use is a race, not a replay. */
const RACE_MS = 1_000;

/** CIBA Core §10.1, poll mode. */
export const cibaGrant: Grant = async (as, { party, parameters, proof, receivedAtMs }) => {
  const authReqId = parameters.get("auth_req_id");
  if (authReqId === undefined) throw new OAuthError("invalid_request", "no auth_req_id");

  const handle = await openHandle(as, handleKind.authReqId, authReqId);
  const stored = handle && (await as.records.requests.find(handle.id));
  if (handle === undefined || stored === undefined || stored.value.clientId !== party.client_id)
    throw new OAuthError("invalid_grant", "no request of this client");
  const request = stored.value;
  if (request.handleHash === undefined || !sameHash(request.handleHash, handle.hash)) {
    await replayed(as, request, handle.hash, receivedAtMs);
    throw new OAuthError("invalid_grant", "the auth_req_id is spent or unknown");
  }
  const consent = (await as.records.consents.find(request.consentId))?.value;

  const outcome = decide(request, consent, now(as));
  if (outcome === "authorization_pending")
    throw new OAuthError(await paced(as, handle.id, request.expiresAt), "no answer yet");
  if (outcome !== "approved" || consent === undefined)
    throw new OAuthError(outcome === "approved" ? "access_denied" : outcome, `the consent is ${consent?.state}`);
  narrowed(parameters, consent);
  sourceAsked(consent, parameters.get("resource"));

  const spent = await as.records.requests.replace(handle.id, stored, redeemed(request, as.nowMs()));
  if (spent === "conflict") throw new OAuthError("invalid_grant", "redeemed concurrently");

  const refreshToken = await newHandle(as, handleKind.refreshToken, request.consentId, now(as));
  const response = await issueTokens(as, {
    consentId: request.consentId,
    clientId: party.client_id,
    resource: parameters.get("resource"),
    jkt: proof.jkt,
    commit: (current) => collected(current, { hash: refreshToken.hash, issuedAt: now(as) }, now(as)),
  }).catch(refusedMeanwhile);
  return { ...response, refresh_token: refreshToken.handle, id_token: await idToken(as, consent) };
};

/** CIBA Core §11. "I did not start this" and everything the person never saw are silence until the hard end. */
function decide(
  request: AuthorizationRequest,
  consent: Consent | undefined,
  time: number,
): "approved" | "authorization_pending" | "access_denied" | "expired_token" {
  if (time >= request.expiresAt) return "expired_token";
  if (consent === undefined || consent.state === "requested" || consent.endedBy === "not_me")
    return "authorization_pending";
  return consent.state === "active" || consent.state === "paused" ? "approved" : "access_denied";
}

/** The person, or somebody the person trusts, changed their mind between approval and redemption (N-48). */
function refusedMeanwhile(error: unknown): never {
  if (error instanceof OAuthError && error.code === "invalid_grant")
    throw new OAuthError("access_denied", error.message, { cause: error });
  throw error;
}

/** RFC 9700 §4.13: the same authenticated Client presenting a spent handle later than a race could: what it led to dies (N-23). */
async function replayed(
  as: Pick<Exchange, "records" | "nowMs">,
  request: AuthorizationRequest,
  hash: string,
  receivedAtMs: number,
): Promise<void> {
  const spent = request.spent.find((candidate) => sameHash(candidate.hash, hash));
  if (spent === undefined || receivedAtMs - spent.spentAtMs < RACE_MS) return;
  for (let attempt = 0; attempt < 10; attempt++) {
    const stored = await as.records.consents.find(request.consentId);
    if (stored === undefined || stored.value.state === "ended" || stored.value.state === "declined") return;
    const next = tokensRevoked(stored.value, "replayed", now(as));
    if ((await as.records.consents.replace(request.consentId, stored, next)) === "replaced") return;
  }
}
