import { scopeOf } from "../protocol/authorization-details.ts";
import type { GrantedDetail } from "../protocol/oauth.ts";
import type { ConsentSource } from "./consent.ts";

/** RFC 9396 §7: one element per kind of data and source, saying where it lies. */
export function grantedDetails(source: ConsentSource): readonly GrantedDetail[] {
  return source.grants.map(({ type, actions, purpose }) => ({ type, actions, purpose, locations: [source.location] }));
}

/** The scope values that mean the same as what these sources grant, each once. */
export function scopesOf(sources: readonly ConsentSource[]): readonly string[] {
  const values = sources.flatMap(({ grants }) =>
    grants.flatMap(({ type, actions }) => actions.map((action) => scopeOf(type, action))),
  );
  return [...new Set(values)];
}
