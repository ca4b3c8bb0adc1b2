import * as v from "valibot";
import {
  AuthorizationDetails,
  CAPABILITY,
  type CapabilityReference,
  nameOfType,
  scopeOf,
} from "../protocol/authorization-details.ts";
import type { CapabilityTicket } from "../protocol/capability.ts";
import { type Parameters, tokens } from "../protocol/oauth.ts";
import { repeatedMember } from "../protocol/repeated-member.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Client } from "./party.ts";
import type { Registry } from "./registry.ts";
import type { AskedDetail } from "./terms.ts";

export interface Asked {
  readonly details: readonly AskedDetail[];
  /** As they were sent. */
  readonly scope: readonly string[];
}

type Tickets = Pick<Registry, "capabilityTicket">;

/**
 * RFC 9396 §3 and scope values that mean the same; both together add up. A Capability Ticket stands for what is in it, and is expanded here.
 * @param resources RFC 8707 §2.1: where what is asked by scope is wished from; `authorization_details` have `locations` of their own (RFC 9396 §3.2)
 */
export async function readAsked(
  registry: Tickets,
  parameters: Parameters,
  client: Client,
  resources: readonly string[] = [],
): Promise<Asked> {
  const scope = tokens(parameters.get("scope"));
  if (!scope.every((value) => /^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/.test(value)))
    throw new OAuthError("invalid_scope", "malformed scope");
  const [byDetails, byScope] = await Promise.all([
    readDetails(registry, parameters.get("authorization_details"), client),
    scopeDetails(registry, scope, client),
  ]);
  const wished = byScope.map((detail) => ({ ...detail, byScope: true as const, locations: [...resources] }));
  return { details: [...byDetails, ...wished], scope };
}

/** RFC 9396 §2 and §5, references to Capability Tickets expanded. */
export async function readDetails(
  registry: Tickets,
  text: string | undefined,
  client: Client,
): Promise<readonly AskedDetail[]> {
  if (text === undefined) return [];
  const types = client.authorization_details_types;
  const expanded = parsed(text).map(async (detail) => {
    if (types !== undefined && !types.includes(detail.type))
      throw refused(`${client.client_id} registered other types`);
    return "id" in detail ? ofReference(registry, detail, client) : [detail];
  });
  return (await Promise.all(expanded)).flat();
}

function parsed(text: string) {
  const result = v.safeParse(AuthorizationDetails, jsonOf(text), { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw refused(`authorization_details ${v.getDotPath(issue) ?? ""}: ${issue.type}`);
}

/** A repeated member makes two readers disagree, so it is refused like a body with one. */
function jsonOf(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refused("authorization_details is no JSON");
  }
  if (repeatedMember(text) !== undefined) throw refused("authorization_details repeats a member");
  return value;
}

async function ofReference(
  registry: Tickets,
  { id, locations }: CapabilityReference,
  client: Client,
): Promise<readonly AskedDetail[]> {
  const ticket = await ticketOf(registry, id, client);
  if (ticket === undefined) throw refused(`${client.client_id} may not use the ${CAPABILITY} ticket named`);
  return ticket.capabilities.map((capability) => ({ ...capability, ...(locations !== undefined && { locations }) }));
}

/** Only what the registration names. */
async function ticketOf(registry: Tickets, id: string, client: Client): Promise<CapabilityTicket | undefined> {
  return client.capability_tickets?.includes(id) ? registry.capabilityTicket(id) : undefined;
}

/** `immunization-history.read` is an action of the Client's one type of that name, one detail per type; the id of a Capability Ticket is all that is in it. */
export async function scopeDetails(
  registry: Tickets,
  scope: readonly string[],
  client: Client,
): Promise<readonly AskedDetail[]> {
  const byType = new Map<string, string[]>();
  const ofTickets: AskedDetail[] = [];
  for (const value of scope.filter((named) => named !== "openid")) {
    const ticket = await ticketOf(registry, value, client);
    if (ticket !== undefined) {
      ofTickets.push(...ticket.capabilities);
      continue;
    }
    const { type, action } = capabilityNamed(value, client);
    byType.set(type, [...(byType.get(type) ?? []), action]);
  }
  return [...[...byType].map(([type, actions]) => ({ type, actions })), ...ofTickets];
}

function capabilityNamed(value: string, client: Client): { type: string; action: string } {
  const capability = client.capabilities.find(({ type, actions }) =>
    actions.some((action) => scopeOf(type, action) === value),
  );
  if (capability === undefined)
    throw new OAuthError("invalid_scope", `a scope value is no capability of ${client.client_id}`);
  return { type: capability.type, action: value.slice(nameOfType(capability.type).length + 1) };
}

function refused(reason: string) {
  return new OAuthError("invalid_authorization_details", reason);
}
