import type { AuthorizationRequest } from "../authorization-request.ts";
import { now } from "../exchange.ts";
import { handleKind } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import { answerTo } from "../proposal.ts";
import type { Grant } from "./grant.ts";
import { paced } from "./pace.ts";
import { presented, redeem } from "./redeem.ts";

/** CIBA Core §10.1, poll mode. */
export const cibaGrant: Grant = async (as, request) => {
  const authReqId = request.parameters.get("auth_req_id");
  if (authReqId === undefined) throw new OAuthError("invalid_request", "no auth_req_id");

  const found = await presented(as, handleKind.authReqId, authReqId, request);
  const { handle, stored, consent } = found;

  const outcome = decide(stored.value, consent && answerTo(consent, handle.id), now(as));
  if (outcome === "authorization_pending")
    throw new OAuthError(await paced(as, handle.id, stored.value.expiresAt), "no answer yet");
  if (outcome !== "approved" || consent === undefined)
    throw new OAuthError(outcome === "approved" ? "access_denied" : outcome, `the consent is ${consent?.state}`);

  return redeem(as, request, found, consent, "access_denied");
};

/** CIBA Core §11. "I did not start this", wrong numbers and everything the person never saw are silence until the hard end. */
const outcomes = {
  approved: "approved",
  declined: "access_denied",
  ended: "access_denied",
  superseded: "expired_token",
  unanswered: "expired_token",
  not_me: "authorization_pending",
  wrong_number: "authorization_pending",
} as const;

function decide(request: AuthorizationRequest, answer: ReturnType<typeof answerTo>, time: number) {
  if (time >= request.expiresAt) return "expired_token";
  return answer === undefined ? "authorization_pending" : outcomes[answer];
}
