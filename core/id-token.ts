import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { isCompactJws } from "../protocol/oauth.ts";
import { ACCESS_TOKEN_LIFE, signed } from "./access-token.ts";
import type { Consent } from "./consent.ts";
import { type Exchange, now } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import { subAtClient } from "./pairwise.ts";

/** OIDC Core §2, CIBA Core §10.1: the person as this Client alone knows them. */
export async function idToken(
  as: Pick<Exchange, "issuer" | "tokenKeys" | "registry" | "nowMs">,
  consent: Consent,
  nonce?: string,
): Promise<string> {
  const person = await as.registry.person(consent.personId);
  if (person === undefined) throw new OAuthError("invalid_grant", "the person is gone");
  const iat = now(as);
  const claims = {
    iss: as.issuer,
    sub: await subAtClient(person, consent.clientId),
    aud: consent.clientId,
    iat,
    exp: iat + ACCESS_TOKEN_LIFE,
  };
  return signed(
    as.tokenKeys,
    { ...claims, auth_time: consent.decidedAt, ...(nonce !== undefined && { nonce }) },
    "JWT",
  );
}

/**
 * CIBA Core §7.1 `id_token_hint`: the `sub` of an ID token of ours for this Client, however old. It reads what was sent and no record, so that a person who is gone looks like any other (N-54).
 * @throws OAuthError invalid_request for anything we did not give this Client
 */
export async function hintedSub(
  as: Pick<Exchange, "issuer" | "tokenKeys">,
  clientId: string,
  token: string,
): Promise<string> {
  const keys = createLocalJWKSet({ keys: [...(await as.tokenKeys.published())] });
  try {
    if (!isCompactJws(token) || token.length > 4_000) throw new Error("no compact JWS");
    if (decodeProtectedHeader(token).typ !== "JWT") throw new Error("no ID token");
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ["ES256"],
      issuer: as.issuer,
      audience: clientId,
      requiredClaims: ["sub", "exp"],
      // Expired is accepted.
      currentDate: new Date(0),
    });
    return String(payload.sub);
  } catch (cause) {
    throw new OAuthError("invalid_request", `id_token_hint: ${(cause as Error).message}`);
  }
}
