import { openAccessToken } from "../access-token.ts";
import { authenticateClient } from "../client-authentication.ts";
import { tokensRevoked } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { carries } from "../grants/refresh-token.ts";
import { handleKind, openHandle } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import { ownPartyToken } from "../party-token.ts";
import { tokenOf } from "./introspection.ts";
import type { FormRequest } from "./request.ts";

/** RFC 7009 §2: a Client's own tokens; for anything else the answer is the same and nothing happens (N-35). */
export async function revocationEndpoint(as: Exchange, { parameters }: FormRequest): Promise<void> {
  const party = await authenticateClient(as, parameters);
  const token = tokenOf(parameters);
  const hangsOn = await openAccessToken(as, token);
  const own = hangsOn === undefined ? await ownPartyToken(as, token, party.client_id) : undefined;
  if (own !== undefined) return as.guards.put(`REVOKED#${own.jti}`, {}, own.exp);
  if (hangsOn === undefined) return revokeRefreshToken(as, token, party.client_id);
  if (hangsOn.clientId === party.client_id) await as.guards.put(`REVOKED#${hangsOn.jti}`, {}, hangsOn.exp);
}

/** RFC 7009 §2.1: with the refresh token go the access tokens of the same grant; the consent itself stays the person's. */
async function revokeRefreshToken(as: Exchange, token: string, clientId: string): Promise<void> {
  const handle = await openHandle(as, handleKind.refreshToken, token);
  if (handle === undefined) return;
  for (let attempt = 0; attempt < 10; attempt++) {
    const stored = await as.records.consents.find(handle.id);
    if (stored === undefined || stored.value.clientId !== clientId || !carries(stored.value, handle.hash)) return;
    const next = tokensRevoked(stored.value, "refresh token revoked", now(as));
    if ((await as.records.consents.replace(handle.id, stored, next)) === "replaced") return;
  }
  throw new OAuthError("temporarily_unavailable", "the consent kept changing", { headers: { "retry-after": "1" } });
}
