import * as v from "valibot";
import { AuthorizationDetails, nameOfType, scopeOf } from "../protocol/authorization-details.ts";
import { seconds } from "../protocol/duration.ts";
import { type Parameters, tokens } from "../protocol/oauth.ts";
import type { ResourceDefinition } from "../protocol/registry.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Client } from "./party.ts";
import type { Registry } from "./registry.ts";
import type { AskedDetail, TermDetail } from "./terms.ts";

/** Records stay small: a write is billed by the kilobyte. */
export const MAX_TERMS = 4_096;
export const MAX_DETAILS = 10;

export interface Asked {
  readonly details: readonly AskedDetail[];
  /** Scope values that name no kind of data: `openid`. */
  readonly scope: readonly string[];
}

/** RFC 9396 §3 and scope values that mean the same; both together add up. */
export function readAsked(parameters: Parameters, client: Client): Asked {
  const values = tokens(parameters.get("scope"));
  if (!values.every((value) => /^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/.test(value)))
    throw new OAuthError("invalid_scope", "malformed scope");
  const named = values.filter((value) => value !== "openid");
  return {
    details: [...readDetails(parameters.get("authorization_details")), ...detailsOf(named, client)],
    scope: values,
  };
}

function readDetails(text: string | undefined): readonly AskedDetail[] {
  if (text === undefined) return [];
  const result = v.safeParse(AuthorizationDetails, jsonOf(text), { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw refused(`authorization_details ${v.getDotPath(issue) ?? ""}: ${issue.type}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused("authorization_details is no JSON");
  }
}

/** One detail per type: `immunization-history.read` is an action of the Client's one type of that name. */
function detailsOf(scope: readonly string[], client: Client): readonly AskedDetail[] {
  const byType = new Map<string, string[]>();
  for (const value of scope) {
    const capability = client.capabilities.find(({ type, actions }) =>
      actions.some((action) => scopeOf(type, action) === value),
    );
    if (capability === undefined)
      throw new OAuthError("invalid_scope", `a scope value is no capability of ${client.client_id}`);
    const action = value.slice(nameOfType(capability.type).length + 1);
    byType.set(capability.type, [...(byType.get(capability.type) ?? []), action]);
  }
  return [...byType].map(([type, actions]) => ({ type, actions }));
}

/** Fills in what the Client left open: its only purpose for the type, the definition's default duration; refuses what no definition knows. */
export async function toTerms(registry: Registry, client: Client, asked: Asked): Promise<readonly TermDetail[]> {
  const details = await Promise.all(
    asked.details.map(async (detail) => termOf(detail, client, await registry.definition(detail.type))),
  );
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
