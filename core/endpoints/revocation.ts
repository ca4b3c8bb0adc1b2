import { openAccessToken } from "../access-token.ts";
import { authenticateClient } from "../client-authentication.ts";
import { type Exchange, now } from "../exchange.ts";
import { carries } from "../grants/refresh-token.ts";
import { handleKind, openHandle } from "../handles.ts";
import { carriesPat, patsRevoked } from "../link.ts";
import { ownPartyToken } from "../party-token.ts";
import { rewritten } from "../rewritten.ts";
import { tokensRevoked } from "../transitions.ts";
import { forgotten } from "../uma/persisted-claims.ts";
import { tokenOf } from "./introspection.ts";
import type { FormRequest } from "./request.ts";

/** RFC 7009 §2: a Client's own tokens; for anything else the answer is the same and nothing happens (N-35). */
export async function revocationEndpoint(as: Exchange, request: FormRequest): Promise<void> {
  const party = await authenticateClient(as, request);
  const token = tokenOf(request.parameters);
  const hangsOn = await openAccessToken(as, token);
  const own = hangsOn === undefined ? await ownPartyToken(as, token, party.client_id) : undefined;
  if (own !== undefined) return as.guards.put(`REVOKED#${own.jti}`, {}, own.exp);
  if (hangsOn === undefined) {
    if (await forgotten(as, token, party.client_id)) return;
    await revokeRefreshToken(as, token, party.client_id);
    return revokePatRefreshToken(as, token, party.client_id);
  }
  if (hangsOn.clientId === party.client_id) await as.guards.put(`REVOKED#${hangsOn.jti}`, {}, hangsOn.exp);
}

/** RFC 7009 §2.1: with the refresh token go the access tokens of the same grant; the consent itself stays the person's. */
async function revokeRefreshToken(as: Exchange, token: string, clientId: string): Promise<void> {
  const handle = await openHandle(as, handleKind.refreshToken, token);
  if (handle === undefined) return;
  await rewritten(as.records.consents, handle.id, (consent) =>
    consent?.clientId === clientId && carries(consent, handle.hash)
      ? tokensRevoked(consent, "refresh token revoked", now(as))
      : undefined,
  );
}

/** The same of a Resource Server's for a person: its PATs go, the source stays the person's. */
async function revokePatRefreshToken(as: Exchange, token: string, clientId: string): Promise<void> {
  const handle = await openHandle(as, handleKind.patRefreshToken, token);
  if (handle === undefined) return;
  await rewritten(as.records.links, handle.id, (link) =>
    link?.resourceServerId === clientId && carriesPat(link, handle.hash) ? patsRevoked(link) : undefined,
  );
}
