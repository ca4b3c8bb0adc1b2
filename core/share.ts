import type { Permission } from "../protocol/uma.ts";
import type { ConsentSource, SourceGrant } from "./consent.ts";

/** A granted source, and what of it a token carries. */
export interface Part {
  readonly source: ConsentSource;
  readonly left: ConsentSource;
  /** The same as {@link withShare} reads it. */
  readonly share: Share;
}

/**
 * What of a source a token carries; undefined: all. Of each of its grants a number, a bit for each action; or, of the ticket door, such a number for single
 * resources, each named by its place. It stands sealed in the token.
 */
export type Share = readonly (number | readonly (readonly [resource: number, actions: number])[])[] | undefined;

/**
 * A source with what is left of it, and the share that says so.
 * @param actions left of each of the source's grants, in their order
 * @param permissions where they are given, what is left of each resource
 */
export function partOf(
  source: ConsentSource,
  actions: readonly (readonly string[])[],
  permissions?: readonly Permission[],
): Part {
  const bits = source.grants.map((grant, at) => bitsOf(grant, actions[at] ?? []));
  const whole = source.grants.every((grant, at) => bits[at] === 2 ** grant.actions.length - 1);
  const ofResources = (grant: SourceGrant, left: number) =>
    grant.resourceIds.flatMap((id, place) => {
      const scopes = permissions?.find(({ resource_id }) => resource_id === id)?.resource_scopes ?? [];
      const both = left & bitsOf(grant, scopes);
      return both === 0 ? [] : [[place, both] as const];
    });
  const byAction = whole ? undefined : bits;
  const share =
    permissions === undefined ? byAction : source.grants.map((grant, at) => ofResources(grant, bits[at] ?? 0));
  return { source, left: withShare(source, share), share };
}

function bitsOf(grant: SourceGrant, actions: readonly string[]): number {
  return grant.actions.reduce((sum, action, n) => (actions.includes(action) ? sum | (1 << n) : sum), 0);
}

/** The source as a token with this share carries it. */
export function withShare(source: ConsentSource, share: Share): ConsentSource {
  if (share === undefined) return source;
  const grants = source.grants.flatMap((grant, at) => {
    const left = share[at] ?? 0;
    if (typeof left === "number") return withActions(grant, left);
    return [...Map.groupBy(left, ([, bits]) => bits)].flatMap(([bits, alike]) =>
      withActions({ ...grant, resourceIds: alike.flatMap(([place]) => grant.resourceIds[place] ?? []) }, bits),
    );
  });
  return { ...source, grants };
}

function withActions(grant: SourceGrant, bits: number): readonly SourceGrant[] {
  const actions = grant.actions.filter((_, n) => (bits & (1 << n)) !== 0);
  return actions.length === 0 ? [] : [{ ...grant, actions }];
}
