import type { GrantedDetail } from "../../protocol/oauth.ts";
import type { Consent } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { findGrant } from "../grant-management.ts";
import { grantedDetails, scopesOf } from "../granted.ts";
import { OAuthError } from "../oauth-error.ts";
import { authorizedParty } from "../party-token.ts";
import { keptChanging } from "../rewritten.ts";
import type { Stored } from "../store.ts";
import { ended } from "../transitions.ts";
import type { ResourceRequest } from "./request.ts";

/** Grant Management §6.4: no tokens, and nothing of the person. */
export interface GrantStatus {
  readonly scopes: readonly { readonly scope: string; readonly resource?: readonly string[] }[];
  /** Claims are none of what this exchange grants. */
  readonly claims: readonly [];
  readonly authorization_details: readonly GrantedDetail[];
}

/** Grant Management §6.4. */
export async function queryGrant(as: Exchange, request: ResourceRequest, grantId: string): Promise<GrantStatus> {
  const { client_id } = await authorizedParty(as, request, "grant_management_query");
  const { scope, sources } = (await ownGrant(as, client_id, grantId)).stored.value;
  return {
    scopes: [
      ...(scope.includes("openid") ? [{ scope: "openid" }] : []),
      ...sources.map((source) => ({ scope: scopesOf([source]).join(" "), resource: [source.location] })),
    ],
    claims: [],
    authorization_details: sources.flatMap(grantedDetails),
  };
}

/** Grant Management §6.5: the Client gives the grant back, and every token of it dies. Whatever else changed meanwhile, it gets through. */
export async function revokeGrant(as: Exchange, request: ResourceRequest, grantId: string): Promise<void> {
  const { client_id } = await authorizedParty(as, request, "grant_management_revoke");
  for (let attempt = 0; attempt < 20; attempt++) {
    const { id, stored } = await ownGrant(as, client_id, grantId);
    const next = ended(stored.value, "released", now(as));
    if ((await as.records.consents.replace(id, stored, next)) === "replaced") return;
  }
  throw keptChanging("the consent");
}

/** §6.6, more uniform: unknown, another Client's and ended look the same, so that a `grant_id` tells nothing to who finds it. */
async function ownGrant(
  as: Exchange,
  clientId: string,
  grantId: string,
): Promise<{ id: string; stored: Stored<Consent> }> {
  const found = await findGrant(as, clientId, grantId);
  if (found === undefined) throw new OAuthError("not_found", `no grant of ${clientId}`);
  return found;
}
