import { sha256 } from "../protocol/canonical-json.ts";
import { randomId } from "./random.ts";
import type { Kind } from "./store.ts";

/** A person's source: one per (Resource Server, person). Unlinking is one write; resources of an unlinked Link do not exist. */
export interface Link {
  readonly state: "linked" | "unlinked";
  readonly personId: string;
  readonly resourceServerId: string;
  /** The person as this Resource Server knows them. */
  readonly sub: string;
  readonly generation: number;
  readonly linkedAt: number;
}

/** What a Resource Server holds of a person, beneath their Link. Names are opaque to us; an icon is kept and never fetched. */
export interface Resource {
  readonly type: string;
  readonly resource_scopes: readonly string[];
  readonly name?: string;
  readonly description?: string;
  readonly icon_uri?: string;
  readonly registeredAt: number;
}

export const linkKind: Kind<Link> = {
  name: "link",
  key: (id) => ({ pk: `LINK#${id}`, sk: "LINK" }),
  index: ({ state, personId, resourceServerId, linkedAt }) => ({
    state,
    person: personId,
    party: resourceServerId,
    sort: `link#${String(linkedAt).padStart(12, "0")}`,
  }),
};

/** A resource id is `<link id>.<own id>`: owner and Resource Server are in every key (N-56, N-60). */
export const resourceKind: Kind<Resource> = {
  name: "resource",
  key: (id) => {
    const [link = "", own = ""] = id.split(".");
    return { pk: `LINK#${link}`, sk: `RESOURCE#${own}` };
  },
  index: () => ({}),
};

/** One write: the source's tokens, resources and part of every consent are of a generation that is over. */
export function unlinked(link: Link): Link {
  return { ...link, state: "unlinked", generation: link.generation + 1 };
}

/** The same from both sides: the exchange derives `sub` from the person's key, the Resource Server was told it. */
export function linkId(resourceServerId: string, sub: string): Promise<string> {
  return sha256(`link ${resourceServerId} ${sub}`);
}

export function newResourceId(link: string): string {
  return `${link}.${randomId()}`;
}

/** The Link a resource id belongs to, or undefined for what is no resource id (N-61: no prefixes, no wildcards). */
export function linkOfResource(resourceId: string): string | undefined {
  return /^([\w-]{43})\.[\w-]{22}$/.exec(resourceId)?.[1];
}
