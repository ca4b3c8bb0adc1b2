import { scopeOf } from "../../protocol/authorization-details.ts";
import type { Capability } from "../../protocol/capability.ts";
import type { Permission } from "../../protocol/uma.ts";
import type { AskedPermission } from "./authorization-process.ts";

/**
 * UMA Grant §3.3.4: RequestedScopes(resource) = TicketScopes(resource) ∪ (RegisteredScopes ∩ RequestedScopes), of what the resource has. What a Client is registered
 * for are its capabilities; a scope value is an action of the resource's type, alone (`read`) or with its type (`immunization-history.read`). A resource for
 * which nothing is left to ask is left out.
 * @returns `invalid_scope` where a scope value matches no resource of the ticket, or the Client is not registered for it (§3.3.6)
 */
export function requestedPermissions(
  ticket: readonly AskedPermission[],
  capabilities: readonly Capability[],
  scope: readonly string[],
): readonly AskedPermission[] | "invalid_scope" {
  const added = (permission: AskedPermission) =>
    permission.available.filter((action) => scope.some((value) => means(value, permission, action)));
  const registered = ({ type, resource_scopes }: AskedPermission, action: string) =>
    resource_scopes.includes(action) ||
    capabilities.some((capability) => capability.type === type && capability.actions.includes(action));

  const unknown = scope.some(
    (value) => !ticket.some((asked) => asked.available.some((action) => means(value, asked, action))),
  );
  if (unknown) return "invalid_scope";
  if (ticket.some((asked) => added(asked).some((action) => !registered(asked, action)))) return "invalid_scope";
  const asked = ticket.map((permission) => ({
    ...permission,
    resource_scopes: [...new Set([...permission.resource_scopes, ...added(permission)])],
  }));
  const something = asked.filter(({ resource_scopes }) => resource_scopes.length > 0);
  return something.length === 0 ? "invalid_scope" : something;
}

function means(value: string, { type }: AskedPermission, action: string): boolean {
  return value === action || value === scopeOf(type, action);
}

/** Whether all of `wanted` is within `held`. */
export function within(wanted: readonly Permission[], held: readonly Permission[]): boolean {
  return wanted.every(({ resource_id, resource_scopes }) =>
    resource_scopes.every((scope) =>
      held.some((permission) => permission.resource_id === resource_id && permission.resource_scopes.includes(scope)),
    ),
  );
}
