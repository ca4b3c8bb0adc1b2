import { type AuthReqId, openAuthReqId } from "../auth-req-id.ts";
import type { Consent } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import { answerTo } from "../proposal.ts";
import type { Grant } from "./grant.ts";
import { paced } from "./pace.ts";
import { presented, redeem } from "./redeem.ts";

/** CIBA Core §10.1, poll mode. */
export const cibaGrant: Grant = async (as, request) => {
  const authReqId = request.parameters.get("auth_req_id");
  if (authReqId === undefined) throw new OAuthError("invalid_request", "no auth_req_id");

  const opened = await openAuthReqId(as, authReqId);
  if (opened?.says.clientId !== request.party.client_id)
    throw new OAuthError("invalid_grant", "no request of this client");
  const { says, handle } = opened;
  const own = await ownConsent(as, says);
  const first = decide(says, own && answerTo(own, says.id), now(as));
  // Of a change the record must say whether its handle is in force still.
  if (says.consentId !== undefined && first === "authorization_pending") throw await pending(as, says);

  const found = await presented(as, handle, request, own);
  const { consent } = found;
  const outcome = decide(says, consent && answerTo(consent, says.id), now(as));
  if (outcome === "authorization_pending") throw await pending(as, says);
  if (outcome !== "approved" || consent === undefined)
    throw new OAuthError(outcome === "approved" ? "access_denied" : outcome, `the consent is ${consent?.state}`);

  return redeem(as, request, found, consent, "access_denied");
};

async function ownConsent(as: Pick<Exchange, "records">, { consentId }: AuthReqId): Promise<Consent | undefined> {
  return consentId === undefined ? undefined : (await as.records.consents.find(consentId))?.value;
}

async function pending(as: Pick<Exchange, "guards" | "nowMs">, { id, expiresAt }: AuthReqId): Promise<OAuthError> {
  return new OAuthError(await paced(as, id, expiresAt), "no answer yet");
}

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

function decide({ expiresAt }: AuthReqId, answer: ReturnType<typeof answerTo>, time: number) {
  if (time >= expiresAt) return "expired_token";
  return answer === undefined ? "authorization_pending" : outcomes[answer];
}
