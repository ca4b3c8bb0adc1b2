import type { AuthorizationDetail } from "../protocol/authorization-details.ts";
import { seconds } from "../protocol/duration.ts";
import type { ResourceDefinition } from "../protocol/registry.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Client } from "./party.ts";
import type { Registry } from "./registry.ts";

/** Records stay small: a write is billed by the kilobyte. */
export const MAX_TERMS = 4_096;
export const MAX_DETAILS = 10;

/** What a Client asks and a person decides, whichever door it came through. */
export interface Terms {
  readonly details: readonly TermDetail[];
}

/** OIDC Core §3.1.2.1: `openid` and nothing beside it. */
export function isSignIn({ details }: { readonly details: readonly unknown[] }): boolean {
  return details.length === 0;
}

export interface TermDetail {
  readonly type: string;
  /** Required: declining one declines the request. */
  readonly actions: readonly string[];
  /** Off until chosen. */
  readonly optional_actions: readonly string[];
  readonly purpose: string;
  /** ISO 8601, within the definition's maximum. */
  readonly duration: string;
  /** Where the Client wishes it from; empty: anywhere. */
  readonly locations: readonly string[];
  /** Asked by a scope value: a narrower `scope` at the token endpoint is about it (`core/narrowing.ts`). */
  readonly byScope?: true;
  /** Of the ticket door: these and no others; absent: whatever the source holds of the type. */
  readonly resource_ids?: readonly string[];
}

/** What was asked, before purpose and duration are filled in: by `authorization_details`, or by scope values that mean the same. */
export type AskedDetail = AuthorizationDetail & Pick<TermDetail, "byScope">;

/** Fills in what the Client left open: its only purpose for the type, the definition's default duration; refuses what no definition knows. */
export async function toTerms(
  registry: Pick<Registry, "definition">,
  client: Client,
  asked: { readonly details: readonly AskedDetail[] },
): Promise<readonly TermDetail[]> {
  const details = await Promise.all(
    asked.details.map(async (detail) => termOf(detail, client, await registry.definition(detail.type))),
  );
  if (details.length > MAX_DETAILS) throw refused(`more than ${MAX_DETAILS} details`);
  const distinct = new Set(details.map(({ type, purpose }) => `${type} ${purpose}`));
  if (distinct.size !== details.length) throw refused("one type and purpose asked twice");
  if (JSON.stringify(details).length > MAX_TERMS) throw refused(`more than ${MAX_TERMS} characters of terms`);
  return details;
}

function termOf(detail: AskedDetail, client: Client, definition: ResourceDefinition | undefined): TermDetail {
  if (definition === undefined) throw refused(`no definition ${detail.type}`);
  const { actions, optional_actions = [], locations = [] } = detail;
  const unknown = [...actions, ...optional_actions].find((action) => !Object.hasOwn(definition.actions, action));
  if (unknown !== undefined) throw refused(`${detail.type} has no such action`);
  if (optional_actions.some((action) => actions.includes(action)))
    throw refused("an action both required and optional");
  const duration = detail.duration ?? definition.default_duration;
  if ((seconds(duration) ?? 0) > (seconds(definition.maximum_duration) ?? 0))
    throw refused(`longer than ${definition.maximum_duration}`);
  return {
    type: detail.type,
    actions,
    optional_actions,
    purpose: detail.purpose ?? onlyPurpose(detail.type, client),
    duration,
    locations,
    ...(detail.byScope && { byScope: true }),
  };
}

function onlyPurpose(type: string, client: Client): string {
  const purposes = new Set(
    client.capabilities.filter((capability) => capability.type === type).map(({ purpose }) => purpose),
  );
  const [purpose] = purposes;
  if (purpose === undefined || purposes.size > 1)
    throw refused(`${client.client_id} has ${purposes.size} purposes for ${type}: name one`);
  return purpose;
}

function refused(reason: string) {
  return new OAuthError("invalid_authorization_details", reason);
}
