import type { Parameters } from "../../protocol/oauth.ts";
import type { Permission } from "../../protocol/uma.ts";
import { openAccessToken } from "../access-token.ts";
import type { Exchange } from "../exchange.ts";
import { withShare } from "../share.ts";
import type { AuthorizationProcess } from "./authorization-process.ts";
import { permissionsOf } from "./permissions.ts";

/** An RPT a Client presents to have it upgraded: what it carries, and the Consent it hangs on. */
export interface Upgrade {
  readonly consentId: string;
  readonly permissions: readonly Permission[];
  readonly jti: string;
  readonly exp: number;
}

/**
 * UMA Grant §3.3.5.1: an RPT of ours for this Client and this source, of the Consent as it stands; it may have expired. Anything else is as if it were not there: the
 * Client then gets a new RPT and keeps the old one.
 */
export async function upgradeIn(
  as: Exchange,
  parameters: Parameters,
  { clientId, linkId }: AuthorizationProcess,
): Promise<Upgrade | undefined> {
  const rpt = parameters.get("rpt");
  const hangsOn = rpt === undefined ? undefined : await openAccessToken(as, rpt);
  if (hangsOn === undefined || hangsOn.clientId !== clientId || hangsOn.linkId !== linkId) return undefined;
  const [stored, revoked] = await Promise.all([
    as.records.consents.find(hangsOn.consentId),
    as.guards.find(`REVOKED#${hangsOn.jti}`),
  ]);
  const source = stored?.value.sources.find((candidate) => candidate.linkId === linkId);
  if (source === undefined || stored?.value.generation !== hangsOn.generation || revoked !== undefined)
    return undefined;
  const { consentId, jti, exp } = hangsOn;
  return { consentId, jti, exp, permissions: permissionsOf(withShare(source, hangsOn.share)) };
}

/** Everything in either, resource by resource. */
export function unionOf(...lists: readonly (readonly Permission[])[]): readonly Permission[] {
  const byResource = new Map<string, readonly string[]>();
  for (const { resource_id, resource_scopes } of lists.flat())
    byResource.set(resource_id, [...new Set([...(byResource.get(resource_id) ?? []), ...resource_scopes])]);
  return [...byResource].map(([resource_id, resource_scopes]) => ({ resource_id, resource_scopes }));
}
