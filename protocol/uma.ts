import * as v from "valibot";
import { definitionType } from "./authorization-details.ts";
import { humanText } from "./registry.ts";

export const UMA_PROTECTION = "uma_protection"; // UMA FedAuthz §1.4.1

/** UMA FedAuthz §3.1, with our `resource_owner`: a one-time code of the Wallet the first time, the owner's `sub` at this Resource Server afterwards. */
export const ResourceDescription = v.object({
  resource_owner: v.optional(v.pipe(v.string(), v.maxLength(200))),
  resource_scopes: v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.minLength(1), v.maxLength(10)),
  type: definitionType,
  name: v.optional(humanText(80)),
});
export type ResourceDescription = v.InferOutput<typeof ResourceDescription>;

/** UMA FedAuthz §3.2.1. */
export interface ResourceRegistrationResponse {
  readonly _id: string;
  readonly resource_owner: string;
}
