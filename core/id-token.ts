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
