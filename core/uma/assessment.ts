import { type Consent, isInForce } from "../consent.ts";
import { askOf, isWaiting, stands } from "../proposal.ts";
import type { AskedPermission, AuthorizationProcess } from "./authorization-process.ts";
import { permissionsOf } from "./permissions.ts";
import { within } from "./requested-permissions.ts";
import { personParty, type RequestingParty } from "./requesting-party.ts";

/** UMA Grant §3.3.4–§3.3.6. */
export type Assessment =
  | { readonly outcome: "need_info" }
  | { readonly outcome: "request_denied"; readonly reason: string }
  /** The owner is asked by this Consent already, or holds back what it grants; or, without one, shall be asked. */
  | { readonly outcome: "request_submitted"; readonly waiting?: ConsentOfOwner }
  | { readonly outcome: "granted"; readonly consentId: string };

export interface ConsentOfOwner {
  readonly id: string;
  readonly consent: Consent;
}

/**
 * What becomes of a request. Nothing is permitted by nothing (§5.6): only a Consent of the owner for this Client and this requesting party grants, and it must hold
 * every scope that is requested. What the owner has allowed grants at once; what waits for an answer is joined; what not, asks.
 * @param consents the owner's, of this Client and at this Link, newest first; others in it count for nothing
 */
export function assessed(
  flow: AuthorizationProcess,
  requestingParty: RequestingParty | undefined,
  wanted: readonly AskedPermission[],
  consents: readonly ConsentOfOwner[],
  time: number,
): Assessment {
  if (requestingParty === undefined) return { outcome: "need_info" };
  if (flow.requestingParty !== undefined && flow.requestingParty.id !== requestingParty.id)
    return { outcome: "request_denied", reason: "another requesting party than this process began with" };

  const own = consents.filter(
    ({ consent }) =>
      consent.personId === flow.ownerId &&
      consent.clientId === flow.clientId &&
      (consent.requestingParty?.id ?? personParty(consent.personId)) === requestingParty.id,
  );
  const granting = own.find(({ consent }) => isInForce(consent, time) && grants(consent, flow, wanted));
  if (granting !== undefined) return { outcome: "granted", consentId: granting.id };

  const asked = own.find(({ id: consentId }) => consentId === flow.consentId)?.consent;
  const answer = asked === undefined ? undefined : answered(asked, flow.requestId, time);
  if (answer !== undefined) return { outcome: "request_denied", reason: `the owner's answer: ${answer}` };
  const waiting = own.find(
    ({ id: consentId, consent }) =>
      holdsBack(consent, flow, wanted, time) || waits(consentId, consent, flow, wanted, time),
  );
  return { outcome: "request_submitted", ...(waiting !== undefined && { waiting }) };
}

function grants(consent: Consent, flow: AuthorizationProcess, wanted: readonly AskedPermission[]): boolean {
  const { linkId, linkGeneration } = flow;
  const source = consent.sources.find((candidate) => candidate.linkId === linkId);
  return source !== undefined && source.linkGeneration === linkGeneration && within(wanted, permissionsOf(source));
}

/** What the owner has answered that grants nothing, or undefined: "I did not start this" is silence toward the Client, which goes on waiting. */
function answered(consent: Consent, asked: string | undefined, time: number): string | undefined {
  const change = consent.changes?.find(({ requestId }) => requestId === asked);
  const answer = change === undefined ? stateOf(consent, time) : change.answer;
  return answer === "not_me" || answer === "wrong_number" ? undefined : answer;
}

function stateOf(consent: Consent, time: number): string | undefined {
  if (consent.state === "declined" || consent.state === "ended") return consent.endedBy;
  return consent.state === "active" && !isInForce(consent, time) ? "expired" : undefined;
}

/** The owner paused what grants this: that is not asked for again. */
function holdsBack(
  consent: Consent,
  flow: AuthorizationProcess,
  wanted: readonly AskedPermission[],
  time: number,
): boolean {
  return consent.state === "paused" && stands(consent, time) && grants(consent, flow, wanted);
}

/** The process's own question, whatever came of it that is silence; or one of another process that asks for all of this. */
function waits(
  id: string,
  consent: Consent,
  flow: AuthorizationProcess,
  wanted: readonly AskedPermission[],
  time: number,
): boolean {
  if (id === flow.consentId) return true;
  const asked = askOf(consent).terms.details.flatMap(({ resource_ids = [], actions }) =>
    resource_ids.map((resource_id) => ({ resource_id, resource_scopes: actions })),
  );
  return isWaiting(consent, time) && within(wanted, asked);
}
