import type { AuthorizationRequest } from "../authorization-request.ts";
import type { Consent } from "../consent.ts";
import { now } from "../exchange.ts";
import { handleKind } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Grant } from "./grant.ts";
import { paced } from "./pace.ts";
import { presented, redeem } from "./redeem.ts";

/** CIBA Core §10.1, poll mode. */
export const cibaGrant: Grant = async (as, request) => {
  const authReqId = request.parameters.get("auth_req_id");
  if (authReqId === undefined) throw new OAuthError("invalid_request", "no auth_req_id");

  const found = await presented(as, handleKind.authReqId, authReqId, request);
  const { handle, stored, consent } = found;

  const outcome = decide(stored.value, consent, now(as));
  if (outcome === "authorization_pending")
    throw new OAuthError(await paced(as, handle.id, stored.value.expiresAt), "no answer yet");
  if (outcome !== "approved" || consent === undefined)
    throw new OAuthError(outcome === "approved" ? "access_denied" : outcome, `the consent is ${consent?.state}`);

  return redeem(as, request, found, consent, "access_denied");
};

/** CIBA Core §11. "I did not start this", wrong numbers and everything the person never saw are silence until the hard end. */
function decide(
  request: AuthorizationRequest,
  consent: Consent | undefined,
  time: number,
): "approved" | "authorization_pending" | "access_denied" | "expired_token" {
  if (time >= request.expiresAt) return "expired_token";
  if (
    consent === undefined ||
    consent.state === "requested" ||
    consent.endedBy === "not_me" ||
    consent.endedBy === "wrong_number"
  )
    return "authorization_pending";
  return consent.state === "active" || consent.state === "paused" ? "approved" : "access_denied";
}
