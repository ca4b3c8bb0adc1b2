import type { Capability } from "../../protocol/capability.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Registry } from "../registry.ts";
import type { TermDetail } from "../terms.ts";
import type { AskedPermission } from "./authorization-process.ts";
import { AS_DESCRIBED, UNTYPED } from "./untyped.ts";

/**
 * Permissions in the terms every door asks in (design §3): one detail for the resources of one type of which the same is asked, at the source they are at, for the
 * definition's default duration and the Client's only purpose for the type.
 * @param purpose of the token request, needed where the Client has several for a type
 * @returns why nothing may be asked: a definition is gone, or the Client has no capability for a type
 * @throws OAuthError invalid_request when the purpose is missing or not the Client's
 */
export async function termsOf(
  registry: Registry,
  capabilities: readonly Capability[],
  permissions: readonly AskedPermission[],
  location: string,
  purpose: string | undefined,
): Promise<readonly TermDetail[] | string> {
  const alike = new Map<string, AskedPermission[]>();
  for (const permission of permissions) {
    const key = JSON.stringify([permission.type, [...permission.resource_scopes].sort()]);
    alike.set(key, [...(alike.get(key) ?? []), permission]);
  }
  const details: TermDetail[] = [];
  for (const [first, ...more] of alike.values()) {
    const { type, resource_scopes } = first as AskedPermission;
    const definition = await registry.definition(type);
    const reason = type === UNTYPED ? AS_DESCRIBED : purposeOf(capabilities, type, purpose);
    if (definition === undefined || reason === undefined) return `no definition of ${type}, or no capability for it`;
    details.push({
      type,
      actions: resource_scopes,
      optional_actions: [],
      purpose: reason,
      duration: definition.default_duration,
      locations: [location],
      resource_ids: [first as AskedPermission, ...more].map(({ resource_id }) => resource_id),
    });
  }
  return details;
}

function purposeOf(capabilities: readonly Capability[], type: string, named: string | undefined): string | undefined {
  const purposes = [...new Set(capabilities.flatMap((own) => (own.type === type ? [own.purpose] : [])))];
  if (purposes.length === 0) return undefined;
  const [only, another] = named === undefined ? purposes : purposes.filter((purpose) => purpose === named);
  if (only === undefined || another !== undefined)
    throw new OAuthError("invalid_request", `the purpose for ${type} is not the client's, or one of several`);
  return only;
}
