import * as v from "valibot";
import { definitionType } from "./authorization-details.ts";
import { humanText } from "./registry.ts";

export const UMA_PROTECTION = "uma_protection"; // UMA FedAuthz §1.2

/** UMA FedAuthz §3.1: "either a plain string or a URI"; in what RFC 6749 §3.3 lets a scope value be, so that a Client can name it. */
const scope = v.pipe(v.string(), v.regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/));
const scopes = v.pipe(
  v.array(scope),
  v.maxLength(10),
  v.check((list) => new Set(list).size === list.length, "each scope once"),
);

/**
 * UMA FedAuthz §3.1, with our `resource_owner`: a one-time code of the Wallet the first time, the owner's `sub` at this Resource Server afterwards.
 * Without `type` a resource keeps scopes of its own; the operator admits who may do so.
 */
export const ResourceDescription = v.object({
  resource_owner: v.optional(v.pipe(v.string(), v.maxLength(200))),
  resource_scopes: v.pipe(scopes, v.minLength(1)),
  type: v.optional(definitionType),
  name: v.optional(humanText(80)),
  description: v.optional(humanText(300)),
  icon_uri: v.optional(v.pipe(v.string(), v.maxLength(500), v.url())),
});
export type ResourceDescription = v.InferOutput<typeof ResourceDescription>;

/** UMA FedAuthz §3.2.1. */
export interface ResourceRegistrationResponse {
  readonly _id: string;
  readonly resource_owner: string;
}

/** UMA FedAuthz §1.5.1, §4.1: authorized access to one resource, asked for or granted. */
export interface Permission {
  readonly resource_id: string;
  readonly resource_scopes: readonly string[];
}
const Permission = v.object({ resource_id: v.pipe(v.string(), v.maxLength(200)), resource_scopes: scopes });

/** UMA FedAuthz §4.1: one permission, or an array of them; at most 20 on one ticket. */
export const PermissionRequest = v.union([
  Permission,
  v.pipe(
    v.array(Permission),
    v.minLength(1),
    v.maxLength(20),
    v.check((list) => new Set(list.map(({ resource_id }) => resource_id)).size === list.length, "each resource once"),
  ),
]);

/** UMA FedAuthz §4.2. */
export interface PermissionResponse {
  readonly ticket: string;
}

/** UMA Grant §3.3.1: the claim token format this exchange reads, an ID token, as UMA's examples spell it and as it is served. */
export const ID_TOKEN_FORMATS: readonly string[] = [
  "http://openid.net/specs/openid-connect-core-1_0.html#IDToken",
  "https://openid.net/specs/openid-connect-core-1_0.html#IDToken",
];
