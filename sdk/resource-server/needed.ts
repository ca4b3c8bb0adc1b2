import { scopeOf } from "../../protocol/authorization-details.ts";
import type { ActiveToken } from "../../protocol/introspection.ts";
import type { Permission } from "../../protocol/uma.ts";

/** What a request must be allowed to do: one action of one Resource Definition. Whose data it is, the token says. */
export interface Needed {
  readonly type: string;
  readonly action: string;
}

/**
 * Or, where the request itself tells whose data it is for: the resources of that one owner it needs, by the ids of their registration, and the scopes on each.
 * Who asks without a token that holds them is told where to get one (UMA Grant §3.2).
 */
export type NeededPermissions = readonly [Permission, ...Permission[]];

export type Need = Needed | NeededPermissions;

/** What is needed, known beforehand, or read from each request by the program that knows its own API. */
export type NeedOf<Request> = Need | ((request: Request) => Need | Promise<Need>);

/** What this request needs. */
export async function needOf<Request>(need: NeedOf<Request>, request: Request): Promise<Need> {
  return typeof need === "function" ? need(request) : need;
}

/** Whether a need names resources, and so their owner. */
export function isPermissions(need: Need): need is NeededPermissions {
  return Array.isArray(need);
}

type Details = NonNullable<ActiveToken["authorization_details"]>;

/** UMA Grant §3.5: whether what was granted is enough. A permission without scopes wants its resource to be named at least. */
export function covers(details: Details, need: Need): boolean {
  if (!isPermissions(need))
    return details.some(({ type, actions }) => type === need.type && actions.includes(need.action));
  return need.every(({ resource_id, resource_scopes }) => {
    const granted = details.filter(({ resource_ids }) => resource_ids.includes(resource_id));
    return (
      granted.length > 0 && resource_scopes.every((scope) => granted.some(({ actions }) => actions.includes(scope)))
    );
  });
}

/** The scope value that would do, where there is one: a scope of a resource means nothing without its resource. */
export function scopeFor(need: Need): string | undefined {
  return isPermissions(need) ? undefined : scopeOf(need.type, need.action);
}
