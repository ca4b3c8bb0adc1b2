import type { Client } from "./party.ts";
import { randomId } from "./random.ts";
import type { TermDetail } from "./terms.ts";
import { UNTYPED } from "./uma/untyped.ts";

/** Called when something is asked and when it is approved; never at a refresh (UMA Grant §3.6). Server-side facts only. */
export type Policy = (question: Question) => Promise<Decision>;

export interface Question {
  readonly step: "asked" | "approved";
  readonly client: Pick<Client, "client_id" | "capabilities">;
  readonly details: readonly Pick<TermDetail, "type" | "actions" | "optional_actions" | "purpose">[];
}

export interface Decision {
  readonly id: string;
  readonly effect: "permit" | "deny";
  /** What determined it: capabilities, or policies by id. */
  readonly determining: readonly string[];
  /** For people. */
  readonly sentence: string;
  /** For developers. */
  readonly code: string;
}

/** A Client may ask only what one of its Capabilities allows: type, actions and purpose together. Default deny; every element counts (N-58). */
export const capabilityPolicy: Policy = async ({ client, details }) => {
  const determining = details.map((detail) => {
    // No definition names it, so no capability can: the operator admitted the source with such resources, and each owner decides.
    if (detail.type === UNTYPED) return "resources without a type, by a ticket";
    const actions = [...detail.actions, ...detail.optional_actions];
    const index = client.capabilities.findIndex(
      ({ type, purpose, actions: allowed }) =>
        type === detail.type && purpose === detail.purpose && actions.every((action) => allowed.includes(action)),
    );
    return index < 0 ? undefined : `capability ${index} of ${client.client_id}`;
  });
  const allowed = determining.filter((name) => name !== undefined);
  const permit = allowed.length === details.length;
  return {
    id: randomId(),
    effect: permit ? "permit" : "deny",
    determining: allowed,
    sentence: permit
      ? "The exchange allows this app to ask for this."
      : "The exchange does not allow this app to ask for this.",
    code: permit ? "capability" : "no_capability",
  };
};
