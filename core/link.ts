import { sha256 } from "../protocol/canonical-json.ts";
import type { RefreshToken } from "./consent.ts";
import { sameHash } from "./handles.ts";
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
  readonly unlinkedAt?: number;
  /** When its Resource Server acknowledged that. */
  readonly heardAt?: number;
  /** Of the protection API access tokens (UMA FedAuthz §1.3): an older one is inactive, and the Link itself may live on. */
  readonly patGeneration: number;
  /** Of protection API access tokens; each lives while its hash stands here. */
  readonly refreshTokens: readonly RefreshToken[];
  /** What the person last approved; a one-time code of the Wallet leaves none. */
  readonly approval?: LinkApproval;
}

/** SHA-256 of the notice shown and of the assertion kept; both were written first, under their hash. */
export interface LinkApproval {
  readonly requestId: string;
  readonly noticeHash: string;
  readonly evidenceHash: string;
  readonly at: number;
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

/** One Link per (Resource Server, person): linking again is a new life of the same record, and nothing new while it is linked. */
export function linked(
  before: Link | undefined,
  who: Pick<Link, "personId" | "resourceServerId" | "sub">,
  at: number,
  approval?: LinkApproval,
): Link {
  const approved = approval === undefined ? {} : { approval };
  if (before?.state === "linked") return { ...before, ...approved };
  const generation = (before?.generation ?? 0) + 1;
  const patGeneration = before?.patGeneration ?? 1;
  return { ...who, state: "linked", generation, patGeneration, refreshTokens: [], linkedAt: at, ...approved };
}

/** One write: the source's tokens, resources and part of every consent are of a generation that is over. */
export function unlinked(link: Link, at: number): Link {
  return { ...patsRevoked(link), state: "unlinked", generation: link.generation + 1, unlinkedAt: at };
}

/** RFC 7009 §2.1, RFC 9700 §4.14.2: what the Resource Server calls us with dies, the Link stays. */
export function patsRevoked(link: Link): Link {
  return { ...link, patGeneration: link.patGeneration + 1, refreshTokens: [] };
}

/** The newest five refresh tokens live on. */
export function patCollected(link: Link, token: RefreshToken): Link {
  return { ...link, refreshTokens: [token, ...link.refreshTokens].slice(0, 5) };
}

/** Whether the refresh token with this hash lives on the Link. */
export function carriesPat(link: Link, hash: string): boolean {
  return link.refreshTokens.map((token) => sameHash(token.hash, hash)).includes(true);
}

/** The same from both sides: the exchange derives `sub` from the person's key, the Resource Server was told it. */
export function linkId(resourceServerId: string, sub: string): Promise<string> {
  return sha256(`link ${resourceServerId} ${sub}`);
}

/** 128 bits of its own behind the id of its Link. */
export function newResourceId(link: string): string {
  return `${link}.${randomId()}`;
}

/** The Link a resource id belongs to, or undefined for what is no resource id (N-61: no prefixes, no wildcards). */
export function linkOfResource(resourceId: string): string | undefined {
  return /^([\w-]{43})\.[\w-]{22}$/.exec(resourceId)?.[1];
}
