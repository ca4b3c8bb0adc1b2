import { isSameConfirmation } from "../../protocol/confirmation.ts";
import { isCodeVerifier, s256 } from "../../protocol/pkce.ts";
import { asksToLink } from "../authorization-request.ts";
import { now } from "../exchange.ts";
import { handleKind, openHandle, sameHash } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Grant } from "./grant.ts";
import { redeemLink } from "./link.ts";
import { presented, redeem } from "./redeem.ts";

/** FAPI 2.0 §5.3.2.1: a code is good for at most 60 seconds, by its own time and not by any deletion (N-26). */
const LIFE = 60;

/** RFC 6749 §4.1.3 with PKCE (RFC 7636 §4.6) and, where asked, DPoP binding (RFC 9449 §10). */
export const authorizationCodeGrant: Grant = async (as, request) => {
  const { parameters, cnf } = request;
  const code = parameters.get("code");
  if (code === undefined) throw new OAuthError("invalid_request", "no code");
  // RFC 7636 §4.6: without a verifier, none fits.
  const verifier = parameters.get("code_verifier") ?? "";

  const found = await presented(as, await openHandle(as, handleKind.code, code), request);
  const { redirect } = found.stored.value;

  if (redirect === undefined || found.handle.at + LIFE <= now(as))
    throw new OAuthError("invalid_grant", "the code is late");
  if (parameters.get("redirect_uri") !== redirect.redirect_uri)
    throw new OAuthError("invalid_grant", "another redirect_uri (§4.1.3)");
  if (!isCodeVerifier(verifier) || !sameHash(await s256(verifier), redirect.code_challenge))
    throw new OAuthError("invalid_grant", "the code_verifier does not fit");
  if (redirect.dpop_jkt !== undefined && !isSameConfirmation(cnf, { jkt: redirect.dpop_jkt }))
    throw new OAuthError("invalid_grant", "the code is bound to another key");
  if (asksToLink(found.stored.value)) return redeemLink(as, request, found);
  if (found.consent === undefined) throw new OAuthError("invalid_grant", "no consent");

  return redeem(as, request, found, found.consent, "invalid_grant");
};
