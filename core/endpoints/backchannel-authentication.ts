import { type BackchannelAuthenticationResponse, grantType } from "../../protocol/oauth.ts";
import { newAuthReqId } from "../auth-req-id.ts";
import { readBackchannel } from "../backchannel-parameters.ts";
import { authenticateClient } from "../client-authentication.ts";
import { type Exchange, now } from "../exchange.ts";
import { subjectOf } from "../grant-management.ts";
import { INTERVAL } from "../grants/pace.ts";
import { withinLimit } from "../limit.ts";
import { numberLink } from "../number-link.ts";
import { newNumberMatch } from "../number-match.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Client } from "../party.ts";
import { sealPing } from "../ping.ts";
import { randomId } from "../random.ts";
import { requestTerms } from "../request-terms.ts";
import { authenticationRequest } from "../signed-request.ts";
import type { FormRequest } from "./request.ts";

/** Our number: how often one Client may use one hint in five minutes, known or not. */
const PER_HINT = { most: 5, window: 300 };

/** CIBA Core §7. Whom the hint names is found out behind the answer, from the record's stream: every hint, known or not, costs and looks the same (N-54). */
export async function backchannelAuthenticationEndpoint(
  as: Exchange,
  request: FormRequest,
  walletOrigin: string,
): Promise<BackchannelAuthenticationResponse> {
  const client = await authenticatedClient(as, request);
  const parameters = await authenticationRequest(as, client, request.parameters);
  const read = await readBackchannel(as, client, parameters);
  const { bindingMessage, context, life, notificationToken, hint, userCode } = read;

  const { details, scope, decisionId } = await requestTerms(as, client, parameters);
  const subject = await subjectOf(as, client.client_id, parameters, { details });
  await withinLimit(as, `${client.client_id} ${hint}`, PER_HINT);

  const id = randomId();
  const time = now(as);
  const numberMatch = client.fpx_number_match ? newNumberMatch() : undefined;
  const expiresAt = time + life;
  const own = subject.amends === undefined ? { consentId: subject.consentId } : {};
  const { handle, hash } = await newAuthReqId(as, { id, ...own, clientId: client.client_id, expiresAt }, time);
  await as.records.requests.insert(id, {
    state: "received",
    door: "backchannel",
    clientId: client.client_id,
    hint,
    ...subject,
    ...(userCode !== undefined && { userCode }),
    terms: { details },
    scope,
    ...(bindingMessage !== undefined && { bindingMessage }),
    ...(context !== undefined && { context }),
    ...(numberMatch !== undefined && { numberMatch }),
    handleHash: hash,
    ...(notificationToken !== undefined && { ping: await sealPing(as, handle, notificationToken) }),
    spent: [],
    createdAt: time,
    expiresAt,
    decisionId,
  });

  return {
    auth_req_id: handle,
    expires_in: life,
    interval: INTERVAL,
    ...(numberMatch !== undefined && { number: numberMatch.number, ...(await numberLink(as, id, walletOrigin)) }),
  };
}

async function authenticatedClient(as: Exchange, request: FormRequest): Promise<Client> {
  const party = await authenticateClient(as, request);
  const client = await as.registry.client(party.client_id);
  if (client === undefined || !client.grant_types.includes(grantType.ciba))
    throw new OAuthError("unauthorized_client", `${party.client_id} is not registered for CIBA (§13)`);
  return client;
}
