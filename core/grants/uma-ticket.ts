import { tokens } from "../../protocol/oauth.ts";
import { now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import { denied, granted, needInfo } from "../uma/answers.ts";
import { submitted } from "../uma/ask-owner.ts";
import { assessed } from "../uma/assessment.ts";
import { requestingPartyIn } from "../uma/claims.ts";
import { consentsOf } from "../uma/consents.ts";
import { presentedTicket } from "../uma/presented-ticket.ts";
import { requestedPermissions } from "../uma/requested-permissions.ts";
import { upgradeIn } from "../uma/upgrade.ts";
import type { Grant } from "./grant.ts";

/** UMA Grant §3.3: every presentation spends the ticket; what can go on goes on with the next one. */
export const umaTicketGrant: Grant = async (as, request) => {
  const { party, parameters, receivedAtMs } = request;
  const ticket = parameters.get("ticket");
  if (ticket === undefined) throw new OAuthError("invalid_request", "no ticket");
  const said = await requestingPartyIn(as, party.client_id, parameters);

  const client = await as.registry.client(party.client_id);
  if (client === undefined) throw new OAuthError("unauthorized_client", "not a client");
  const { id, stored, flow } = await presentedTicket(as, ticket, party.client_id, receivedAtMs);
  const requestingParty = said ?? flow.requestingParty;
  const consents = requestingParty === undefined ? [] : await consentsOf(as, flow);

  const upgrade = await upgradeIn(as, parameters, flow);
  const step = { id, stored, flow, client, requestingParty, upgrade };
  const wanted = requestedPermissions(flow.permissions, client.capabilities, tokens(parameters.get("scope")));
  if (wanted === "invalid_scope")
    return denied(as, step, wanted, "a scope value of no resource here, or not the client's");
  const assessment = assessed(flow, requestingParty, wanted, consents, now(as));

  switch (assessment.outcome) {
    case "need_info":
      return needInfo(as, step);
    case "request_denied":
      return denied(as, step, assessment.outcome, assessment.reason);
    case "request_submitted":
      return submitted(as, step, wanted, assessment.waiting, parameters.get("purpose"));
    case "granted":
      return granted(as, step, wanted, assessment.consentId, request);
  }
};
