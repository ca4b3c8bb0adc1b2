import type { ConsentSource, SourceGrant } from "./consent.ts";
import type { TermDetail, Terms } from "./terms.ts";

/** Grant Management §5.2 `merge`, of what is asked: everything before and everything proposed, one detail for each kind and purpose. */
export function mergedTerms(before: Terms, proposed: Terms): Terms {
  const more = proposed.details.filter((detail) => !before.details.some((other) => sameAsked(other, detail)));
  const details = before.details.map((detail) => {
    const again = proposed.details.find((other) => sameAsked(other, detail));
    return again === undefined ? detail : mergedDetail(detail, again);
  });
  return { details: [...details, ...more] };
}

function mergedDetail(before: TermDetail, proposed: TermDetail): TermDetail {
  const actions = union(before.actions, proposed.actions);
  const optional = union(before.optional_actions, proposed.optional_actions);
  const somewhere = before.locations.length > 0 && proposed.locations.length > 0;
  return {
    ...proposed,
    actions,
    optional_actions: optional.filter((action) => !actions.includes(action)),
    locations: somewhere ? union(before.locations, proposed.locations) : [],
  };
}

/**
 * Grant Management §5.2 `merge`, of what is granted: exactly the union of both, source by source. A source linked anew since gives nothing of before: its
 * old part is dead already.
 */
export function mergedSources(
  before: readonly ConsentSource[],
  chosen: readonly ConsentSource[],
): readonly ConsentSource[] {
  const more = chosen.filter(({ linkId }) => !before.some((source) => source.linkId === linkId));
  const merged = before.map((source) => {
    const again = chosen.find(({ linkId }) => linkId === source.linkId);
    if (again === undefined) return source;
    const lives = again.linkGeneration === source.linkGeneration;
    return { ...again, grants: lives ? again.grants.reduce(withGrant, source.grants) : again.grants };
  });
  return [...merged, ...more];
}

/** Two grants become one only where that gives nothing more: the same actions, or the same resources. */
function withGrant(grants: readonly SourceGrant[], grant: SourceGrant): readonly SourceGrant[] {
  if (grants.some((other) => covers(other, grant))) return grants;
  const others = grants.filter((other) => !covers(grant, other));
  const index = others.findIndex(
    (other) =>
      sameKind(other, grant) && (same(other.actions, grant.actions) || same(other.resourceIds, grant.resourceIds)),
  );
  const joined = others[index];
  if (joined === undefined) return [...others, grant];
  const actions = union(joined.actions, grant.actions);
  return others.with(index, { ...grant, actions, resourceIds: union(joined.resourceIds, grant.resourceIds) });
}

/** One kind of data for one purpose: what a person sees as one thing. */
export function sameKind(a: Pick<TermDetail, "type" | "purpose">, b: Pick<TermDetail, "type" | "purpose">): boolean {
  return a.type === b.type && a.purpose === b.purpose;
}

/** Of the ticket door one kind is asked for these resources, and again for others. */
function sameAsked(a: TermDetail, b: TermDetail): boolean {
  const [own = [], other = []] = [a.resource_ids, b.resource_ids];
  return sameKind(a, b) && same(own, other) && (a.resource_ids === undefined) === (b.resource_ids === undefined);
}

function covers(a: SourceGrant, b: SourceGrant): boolean {
  return sameKind(a, b) && within(b.actions, a.actions) && within(b.resourceIds, a.resourceIds);
}

function within(a: readonly string[], b: readonly string[]): boolean {
  return a.every((value) => b.includes(value));
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return within(a, b) && within(b, a);
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])];
}
