import { grantManagementScopes, type Parameters, tokens } from "../protocol/oauth.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import type { Consent } from "./consent.ts";
import { type Exchange, now } from "./exchange.ts";
import { handleKind, openHandle, sameHash } from "./handles.ts";
import { mergedTerms } from "./merge.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Party } from "./party.ts";
import { stands } from "./proposal.ts";
import { randomId } from "./random.ts";
import { seal, unseal } from "./seal.ts";
import type { Store, Stored } from "./store.ts";
import { MAX_DETAILS, MAX_TERMS, type Terms } from "./terms.ts";

type Grants = Pick<Exchange, "region" | "sealingKeys" | "nowMs"> & { records: { consents: Store<Consent> } };

/** The part of an AuthorizationRequest that says which Consent it leads to. */
export type Subject = Pick<AuthorizationRequest, "consentId" | "grantManagementAction" | "amends">;

/**
 * Grant Management §5.2: a grant of its own, or a change of one the Client has. A `grant_id` and an action that changes come together or not at all.
 * @throws OAuthError invalid_request, or invalid_grant_id (§5.4) for anything but a grant of this Client that stands; one answer for all of these
 */
export async function subjectOf(as: Grants, clientId: string, parameters: Parameters, asks: Terms): Promise<Subject> {
  const action = parameters.get("grant_management_action");
  const grantId = parameters.get("grant_id");
  if (action !== undefined && !isAction(action))
    throw new OAuthError("invalid_request", "a grant_management_action that is not offered");
  const changes = action === "merge" || action === "replace";
  if (changes !== (grantId !== undefined))
    throw new OAuthError("invalid_request", changes ? "no grant_id to change" : "a grant_id where nothing is changed");
  if (action === undefined || grantId === undefined)
    return { consentId: randomId(), ...(action !== undefined && { grantManagementAction: action }) };

  const grant = await findGrant(as, clientId, grantId);
  if (grant === undefined) throw new OAuthError("invalid_grant_id", `no grant of ${clientId}`);
  if (action === "merge") fits(mergedTerms(grant.stored.value.terms, asks));
  return { consentId: grant.id, grantManagementAction: action, amends: await seal(as, "amends", grantId) };
}

/** The `grant_id` to answer with a change (§5.5: it is the same). */
export async function amendedGrantId(
  as: Pick<Exchange, "region" | "sealingKeys">,
  { amends }: AuthorizationRequest,
): Promise<string | undefined> {
  return amends === undefined ? undefined : unseal(as, "amends", amends);
}

/** §5.5: who asked for it, or is registered to manage grants, is told the `grant_id`. */
export function isManaged(request: AuthorizationRequest, { scope }: Party): boolean {
  return (
    request.grantManagementAction !== undefined || tokens(scope).some((value) => grantManagementScopes.includes(value))
  );
}

/** A Client's grant that stands, by the handle it was told; undefined for anything else. */
export async function findGrant(
  as: Grants,
  clientId: string,
  grantId: string,
): Promise<{ id: string; stored: Stored<Consent> } | undefined> {
  const handle = await openHandle(as, handleKind.grant, grantId);
  const stored = handle && (await as.records.consents.find(handle.id));
  if (handle === undefined || stored?.value.clientId !== clientId) return undefined;
  const own = sameHash(stored.value.grantIdHash ?? "", handle.hash) && stands(stored.value, now(as));
  return own ? { id: handle.id, stored } : undefined;
}

function isAction(action: string): action is NonNullable<Subject["grantManagementAction"]> {
  return ["create", "merge", "replace"].includes(action);
}

/** Records stay small: what one grant holds has the bounds of what one request asks. */
function fits({ details }: Terms): void {
  if (details.length > MAX_DETAILS || JSON.stringify(details).length > MAX_TERMS)
    throw new OAuthError("invalid_authorization_details", "more than one grant holds");
}
