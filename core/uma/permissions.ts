import type { Permission } from "../../protocol/uma.ts";
import type { ConsentSource } from "../consent.ts";

/** UMA FedAuthz §1.5.1: what a consent permits at one of its sources, resource by resource. */
export function permissionsOf({ grants }: Pick<ConsentSource, "grants">): readonly Permission[] {
  const byResource = new Map<string, Set<string>>();
  for (const { resourceIds, actions } of grants)
    for (const id of resourceIds) byResource.set(id, new Set([...(byResource.get(id) ?? []), ...actions]));
  return [...byResource].map(([resource_id, scopes]) => ({ resource_id, resource_scopes: [...scopes] }));
}
