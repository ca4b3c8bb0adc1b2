import { clientMayAsk, mayBeAsked } from "../ask.ts";
import type { Ask } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, newHandle } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import { askOf } from "../proposal.ts";
import { proposeTo } from "../propose.ts";
import { randomId } from "../random.ts";
import type { TermDetail } from "../terms.ts";
import { requested } from "../transitions.ts";
import { mayAsk } from "../uninvited.ts";
import { denied, type Step, turn } from "./answers.ts";
import type { ConsentOfOwner } from "./assessment.ts";
import type { AskedPermission, AuthorizationProcess } from "./authorization-process.ts";
import type { RequestingParty } from "./requesting-party.ts";
import { termsOf } from "./terms.ts";

/** Seconds a Client should wait before it asks again (UMA Grant §3.3.6). */
const INTERVAL = 5;

/**
 * UMA Grant §3.3.6 `request_submitted`. The owner is asked once: by a new Consent, or, where an RPT is to be upgraded, by a proposal on the one it hangs on; a
 * process that asks for what is asked already joins that question. Whom we may not ask the Client waits for in vain.
 */
export async function submitted(
  as: Exchange,
  step: Step,
  wanted: readonly AskedPermission[],
  waiting: ConsentOfOwner | undefined,
  purpose: string | undefined,
): Promise<never> {
  const { id, flow, requestingParty, upgrade } = step;
  const details = waiting === undefined ? await permittedTerms(as, step, wanted, purpose) : [];
  if (typeof details === "string") return denied(as, step, "request_denied", details);

  const where =
    waiting === undefined
      ? { consentId: upgrade?.consentId ?? flow.consentId ?? randomId(), requestId: id }
      : { consentId: waiting.id, requestId: flow.requestId ?? askOf(waiting.consent).requestId };
  const { handle, hash } = await newHandle(as, handleKind.ticket, id, now(as));
  const next = {
    ...flow,
    ...where,
    ...(requestingParty !== undefined && { requestingParty }),
    ...(upgrade !== undefined && { upgrades: upgrade.permissions }),
  };
  await turn(as, step, next, hash);
  if (waiting === undefined && requestingParty !== undefined)
    await ask(as, next, requestingParty, details, upgrade !== undefined);

  throw new OAuthError("request_submitted", "the owner decides", { members: { ticket: handle, interval: INTERVAL } });
}

/** What may be asked in the Client's name, or why not. */
export async function permittedTerms(
  as: Exchange,
  { flow, client }: Pick<Step, "flow" | "client">,
  wanted: readonly AskedPermission[],
  purpose: string | undefined,
): Promise<readonly TermDetail[] | string> {
  const resourceServer = await as.registry.resourceServer(flow.resourceServerId);
  if (resourceServer?.status !== "active") return `${flow.resourceServerId} is ${resourceServer?.status ?? "gone"}`;
  const details = await termsOf(as.registry, client.capabilities, wanted, resourceServer.resource, purpose);
  if (typeof details === "string") return details;
  const decision = await as.policy({ step: "asked", client, details });
  return decision.effect === "deny" ? `policy: ${decision.code}` : details;
}

async function ask(
  as: Exchange,
  flow: AuthorizationProcess & { readonly consentId: string; readonly requestId: string },
  requestingParty: RequestingParty,
  details: readonly TermDetail[],
  isUpgrade: boolean,
): Promise<void> {
  const { ownerId, clientId = "", consentId, requestId, expiresAt } = flow;
  const owner = await as.registry.person(ownerId);
  if (owner === undefined || !mayBeAsked(owner, clientId, now(as)) || !(await clientMayAsk(as, clientId))) return;
  if (!(await mayAsk(as, requestId, { clientId, consentId, expiresAt, hint: "ticket:" }, ownerId, owner))) return;
  const door = "ticket";
  const uninvited = true;
  const asked: Ask = { requestId, door, uninvited, terms: { details }, scope: [], createdAt: now(as), expiresAt };
  if (isUpgrade) await proposeTo(as, consentId, ownerId, { ...asked, action: "merge" });
  else
    await as.records.consents.insert(consentId, requested({ ...asked, personId: ownerId, clientId, requestingParty }));
}
