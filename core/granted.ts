import { scopeOf } from "../protocol/authorization-details.ts";
import type { GrantedDetail } from "../protocol/oauth.ts";
import type { Consent, ConsentSource } from "./consent.ts";
import { OAuthError } from "./oauth-error.ts";

/**
 * RFC 8707 §2.2: the granted source a request names; the first in the person's order without `resource`. To be asked before a handle is spent.
 * @throws OAuthError temporarily_unavailable while the person has paused it, invalid_target for a source that was not granted
 */
export function sourceAsked(consent: Consent, resource: string | undefined): ConsentSource {
  if (consent.state === "paused")
    throw new OAuthError("temporarily_unavailable", "paused by the person", { headers: { "retry-after": "300" } });
  const source = consent.sources.find(({ location }) => resource === undefined || location === resource);
  if (source !== undefined) return source;
  throw consent.sources.length === 0
    ? new OAuthError("invalid_grant", `the consent is ${consent.state}`)
    : new OAuthError("invalid_target", "a resource that was not granted");
}

/** RFC 9396 §7: one element per kind of data and source, saying where it lies. */
export function grantedDetails(source: ConsentSource): readonly GrantedDetail[] {
  return source.grants.map(({ type, actions, purpose }) => ({ type, actions, purpose, locations: [source.location] }));
}

export function scopesOf(sources: readonly ConsentSource[]): readonly string[] {
  const values = sources.flatMap(({ grants }) =>
    grants.flatMap(({ type, actions }) => actions.map((action) => scopeOf(type, action))),
  );
  return [...new Set(values)];
}
