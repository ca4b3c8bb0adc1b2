import { grantType, type TokenResponse } from "../../protocol/oauth.ts";
import { UMA_PROTECTION } from "../../protocol/uma.ts";
import { redeemed } from "../authorization-request.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, newHandle, openHandle } from "../handles.ts";
import { carriesPat, patCollected } from "../link.ts";
import { linkMadeBy } from "../linking.ts";
import { OAuthError } from "../oauth-error.ts";
import { issuePat } from "../protection-token.ts";
import type { GrantRequest } from "./grant.ts";
import type { Presented } from "./redeem.ts";

/** UMA FedAuthz §1.3: the code of a person who connected this Resource Server, for a PAT. Spends the handle, then issues; a Link that ended meanwhile gives nothing. */
export async function redeemLink(
  as: Exchange,
  { party, parameters, cnf }: GrantRequest,
  { handle, stored }: Presented,
): Promise<TokenResponse> {
  narrowedPat(parameters.get("scope"));
  const made = await linkMadeBy(as, handle.id, stored.value);
  if (made === undefined) throw new OAuthError("invalid_grant", "the person disconnected the source");
  if ((await as.records.requests.replace(handle.id, stored, redeemed(stored.value, as.nowMs()))) === "conflict")
    throw new OAuthError("invalid_grant", "redeemed concurrently");

  const pat = { linkId: made.id, resourceServerId: party.client_id, cnf };
  if (!party.grant_types.includes(grantType.refresh_token)) return issuePat(as, pat);
  const { handle: refresh_token, hash } = await newHandle(as, handleKind.patRefreshToken, made.id, now(as));
  const commit = (link: typeof made.stored.value) => patCollected(link, { hash, issuedAt: now(as) });
  return { ...(await issuePat(as, { ...pat, commit })), refresh_token };
}

/** RFC 6749 §6 for a PAT: lives as long as the Link, is not rotated, and writes nothing. Undefined for a token of another kind. */
export async function refreshedLink(
  as: Exchange,
  { party, parameters, cnf }: GrantRequest,
  token: string,
): Promise<TokenResponse | undefined> {
  const handle = await openHandle(as, handleKind.patRefreshToken, token);
  if (handle === undefined) return undefined;
  narrowedPat(parameters.get("scope"));
  const link = (await as.records.links.find(handle.id))?.value;
  if (link === undefined || !carriesPat(link, handle.hash))
    throw new OAuthError("invalid_grant", "no refresh token in force");
  return issuePat(as, { linkId: handle.id, resourceServerId: party.client_id, cnf });
}

/** RFC 6749 §6: nothing beyond what was granted, and there is nothing less. */
function narrowedPat(scope = UMA_PROTECTION): void {
  if (scope !== UMA_PROTECTION) throw new OAuthError("invalid_scope", "another scope than uma_protection");
}
