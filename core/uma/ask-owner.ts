import { clientMayAsk, mayBeAsked } from "../ask.ts";
import { requested } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, newHandle } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import { randomId } from "../random.ts";
import type { TermDetail } from "../terms.ts";
import { mayAsk } from "../uninvited.ts";
import { denied, type Step, turn } from "./answers.ts";
import type { AskedPermission, AuthorizationProcess } from "./authorization-process.ts";
import type { RequestingParty } from "./requesting-party.ts";
import { termsOf } from "./terms.ts";

/** Seconds a Client should wait before it asks again (UMA Grant §3.3.6). */
const INTERVAL = 5;

/**
 * UMA Grant §3.3.6 `request_submitted`. The owner is asked once, by the Consent whose id is chosen here; a process that asks for what is asked already joins that one.
 * Whom we may not ask the Client waits for in vain.
 */
export async function submitted(
  as: Exchange,
  step: Step,
  wanted: readonly AskedPermission[],
  joined: string | undefined,
  purpose: string | undefined,
): Promise<never> {
  const { flow, requestingParty } = step;
  const details = joined === undefined ? await permittedTerms(as, step, wanted, purpose) : [];
  if (typeof details === "string") return denied(as, step, "request_denied", details);

  const consentId = joined ?? flow.consentId ?? randomId();
  const { handle, hash } = await newHandle(as, handleKind.ticket, step.id, now(as));
  const next = { ...flow, consentId, ...(requestingParty !== undefined && { requestingParty }) };
  await turn(as, step, next, hash);
  if (joined === undefined && requestingParty !== undefined) await ask(as, step.id, next, requestingParty, details);

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
  processId: string,
  flow: AuthorizationProcess & { readonly consentId: string },
  requestingParty: RequestingParty,
  details: readonly TermDetail[],
): Promise<void> {
  const { ownerId, clientId = "", consentId, expiresAt } = flow;
  const owner = await as.registry.person(ownerId);
  if (owner === undefined || !mayBeAsked(owner, clientId, now(as)) || !(await clientMayAsk(as, clientId))) return;
  if (!(await mayAsk(as, processId, { clientId, consentId, expiresAt, hint: "ticket:" }, ownerId, owner))) return;
  const asked = requested({
    personId: ownerId,
    clientId,
    requestId: processId,
    door: "ticket",
    uninvited: true,
    requestingParty,
    terms: { details },
    scope: [],
    createdAt: now(as),
    expiresAt,
  });
  await as.records.consents.insert(consentId, asked);
}
