import type { Consent, RefreshToken } from "../consent.ts";
import { now } from "../exchange.ts";
import { handleKind, openHandle, sameHash } from "../handles.ts";
import { issueTokens } from "../issue-tokens.ts";
import { readWanted } from "../narrowing.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Grant } from "./grant.ts";
import { refreshedLink } from "./link.ts";

/** RFC 6749 §6 for a confidential client: bound to the Client and to its hash on the Consent, not to the proof's key (RFC 9449 §5), not rotated (FAPI 2.0 §5.3.2.1). It writes nothing of its own; who comes after the end is counted for the person (UX-16). */
export const refreshTokenGrant: Grant = async (as, request) => {
  const { party, parameters, cnf } = request;
  const token = parameters.get("refresh_token");
  if (token === undefined) throw new OAuthError("invalid_request", "no refresh_token");

  const pat = await refreshedLink(as, request, token);
  if (pat !== undefined) return pat;
  const handle = await openHandle(as, handleKind.refreshToken, token);
  const seen = handle && (await as.records.consents.find(handle.id));
  const carried = handle && seen && carries(seen.value, handle.hash);
  if (handle !== undefined && seen?.value.state === "ended" && seen.value.clientId === party.client_id)
    await as.records.uses.note({ consentId: handle.id, party: party.client_id, kind: "refused", at: now(as) });
  if (handle === undefined || carried === undefined) throw new OAuthError("invalid_grant", "no refresh token in force");

  const { permissions } = carried;
  const wanted = await readWanted(as.registry, parameters, party.client_id);
  return issueTokens(as, {
    consentId: handle.id,
    seen,
    clientId: party.client_id,
    wanted: { ...wanted, ...(permissions !== undefined && { permissions }) },
    cnf,
  });
};

/** The refresh token with this hash, if the consent still has it. */
export function carries(consent: Consent, hash: string): RefreshToken | undefined {
  const [found] = consent.refreshTokens.filter((token) => sameHash(token.hash, hash));
  return found;
}
