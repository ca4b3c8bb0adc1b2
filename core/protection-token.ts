import type { TokenResponse } from "../protocol/oauth.ts";
import { UMA_PROTECTION } from "../protocol/uma.ts";
import type { Binding } from "./binding.ts";
import type { ResourceRequest } from "./endpoints/request.ts";
import type { Exchange } from "./exchange.ts";
import { type Link, linkId } from "./link.ts";
import { OAuthError } from "./oauth-error.ts";
import { refusedToken } from "./own-token.ts";
import type { Party } from "./party.ts";
import { authorizedClaims, ownToken } from "./party-token.ts";
import { rewritten } from "./rewritten.ts";

/** Who calls the protection API: a Resource Server, and with a PAT the one person it speaks for. */
export interface Protecting {
  readonly resourceServer: Party;
  readonly owner: { readonly linkId: string; readonly sub: string } | undefined;
}

export interface PatRequest {
  readonly linkId: string;
  readonly resourceServerId: string;
  readonly cnf: Binding;
  /** What the step itself writes on the Link, if anything; it throws for a Link that gives nothing. */
  readonly commit?: (link: Link) => Link;
}

/**
 * UMA FedAuthz §1.3: a token for (Resource Server, person), for our protection API. It hangs on the Link and its generation: unlinking is the end of it.
 * @throws OAuthError invalid_grant when Link or person are not in order
 */
export async function issuePat(
  as: Exchange,
  { linkId: id, resourceServerId, cnf, commit }: PatRequest,
): Promise<TokenResponse> {
  const inOrder = (link: Link | undefined): Link => {
    if (link?.state !== "linked" || link.resourceServerId !== resourceServerId)
      throw new OAuthError("invalid_grant", `the source is ${link?.state ?? "no source"}`);
    return link;
  };
  const found = inOrder((await as.records.links.find(id))?.value);
  const person = await as.registry.person(found.personId);
  if (person?.status !== "active") throw new OAuthError("invalid_grant", `the person is ${person?.status ?? "gone"}`);
  const link =
    commit === undefined
      ? found
      : inOrder(await rewritten(as.records.links, id, (current) => commit(inOrder(current))));
  return ownToken(
    as,
    { sub: link.sub, client_id: resourceServerId, generation: link.patGeneration },
    UMA_PROTECTION,
    cnf,
  );
}

/**
 * UMA FedAuthz §1.2: whose protection API call this is. A token of the Resource Server itself speaks for no person.
 * @throws OAuthError invalid_token once the Link, read strongly, or the person is not in order
 */
export async function authorizedProtection(as: Exchange, request: Omit<ResourceRequest, "body">): Promise<Protecting> {
  const { party, claims } = await authorizedClaims(as, request, UMA_PROTECTION);
  if (claims.sub === party.client_id) return { resourceServer: party, owner: undefined };
  const id = await linkId(party.client_id, claims.sub);
  const link = (await as.records.links.find(id))?.value;
  if (link?.state !== "linked" || link.patGeneration !== claims.generation)
    throw refusedToken("invalid_token", "the source is unlinked, or its tokens were revoked");
  const person = await as.registry.person(link.personId);
  if (person?.status !== "active") throw refusedToken("invalid_token", `the person is ${person?.status ?? "gone"}`);
  return { resourceServer: party, owner: { linkId: id, sub: claims.sub } };
}
