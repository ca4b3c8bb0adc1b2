import * as v from "valibot";
import { seconds } from "./duration.ts";
import { slug } from "./slug.ts";

const actions = v.pipe(
  v.array(slug),
  v.maxLength(10),
  v.check((list) => new Set(list).size === list.length),
);

/** The type of a Resource Definition: an https URI whose last path segment is the name used in scope values. */
export const definitionType = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(/^https:\/\/[^\s?#]+\/[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/),
);

export const isoDuration = v.pipe(
  v.string(),
  v.check((text) => (seconds(text) ?? 0) > 0),
);

const locations = v.optional(v.pipe(v.array(v.pipe(v.string(), v.url(), v.maxLength(200))), v.maxLength(10)));

/** RFC 9396 §2, with our members: purpose, duration and optional actions (docs/architecture.md). Unknown members are refused (§5). */
export const AuthorizationDetail = v.strictObject({
  type: definitionType,
  actions: v.pipe(actions, v.minLength(1)),
  optional_actions: v.optional(actions),
  purpose: v.optional(slug),
  duration: v.optional(isoDuration),
  locations,
});
export type AuthorizationDetail = v.InferOutput<typeof AuthorizationDetail>;

/** The type of a reference to a Capability Ticket, which stands for all that is in it. */
export const CAPABILITY = "capability";
export const CapabilityReference = v.strictObject({ type: v.literal(CAPABILITY), id: slug, locations });
export type CapabilityReference = v.InferOutput<typeof CapabilityReference>;

export const AuthorizationDetails = v.pipe(
  v.array(v.union([AuthorizationDetail, CapabilityReference])),
  v.minLength(1),
  v.maxLength(10),
);

/** `https://fpx.example/definitions/immunization-history` → `immunization-history`. */
export function nameOfType(type: string): string {
  return type.slice(type.lastIndexOf("/") + 1);
}

/** The scope value that means the same as one action of a type: `immunization-history.read`. */
export function scopeOf(type: string, action: string): string {
  return `${nameOfType(type)}.${action}`;
}
