import * as v from "valibot";
import { definitionType } from "./authorization-details.ts";
import { slug } from "./slug.ts";

/** What a Client may ask: these actions of this type for this purpose. */
export const Capability = v.strictObject({
  type: definitionType,
  actions: v.pipe(v.array(slug), v.minLength(1), v.maxLength(10)),
  purpose: slug,
});
export type Capability = v.InferOutput<typeof Capability>;

/** Scope values that mean something else already; a name with a dot is an action of a kind of data. */
const TAKEN = ["openid", "operate", "profile", "email", "address", "phone"];

/** The name of a Capability Ticket, which is its scope value, too. */
export const ticketId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/),
  v.check((id) => !TAKEN.includes(id), "a scope value that means something else"),
);

/** A named set of capabilities. A Client whose registration names it may ask for them, one by one or by the name. */
export const CapabilityTicket = v.strictObject({
  id: ticketId,
  capabilities: v.pipe(
    v.array(Capability),
    v.minLength(1),
    v.maxLength(10),
    v.check(
      (list) => new Set(list.map(({ type, purpose }) => `${type} ${purpose}`)).size === list.length,
      "one type and purpose twice",
    ),
  ),
});
export type CapabilityTicket = v.InferOutput<typeof CapabilityTicket>;

/** What an operator lets a Client ask. */
export const entitlement = {
  capabilities: v.pipe(v.array(Capability), v.maxLength(30)),
  /** Of Capability Tickets, by id. */
  capability_tickets: v.optional(v.pipe(v.array(ticketId), v.maxLength(10))),
};
export const Entitlement = v.object(entitlement);
export type Entitlement = v.InferOutput<typeof Entitlement>;
