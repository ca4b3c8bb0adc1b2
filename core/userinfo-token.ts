import { type AccessTokenClaims, sealHangsOn, signed } from "./access-token.ts";
import type { Exchange } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import { subAtClient } from "./pairwise.ts";
import { randomId } from "./random.ts";
import type { TokenOfConsent } from "./source-token.ts";

/** The audience of tokens that tell who signed in, and the RFC 8707 resource to ask for one by. */
export function userinfoOf({ issuer }: Pick<Exchange, "issuer">): string {
  return `${issuer}/userinfo`;
}

/** RFC 9068 for our own `/userinfo`: it opens nothing else, and no source's token opens that. */
export async function userinfoToken(
  as: Pick<Exchange, "issuer" | "region" | "sealingKeys" | "tokenKeys" | "registry">,
  { consentId, consent, cnf, iat, exp }: TokenOfConsent,
): Promise<string> {
  const { clientId, generation, personId } = consent;
  const person = await as.registry.person(personId);
  if (person === undefined) throw new OAuthError("invalid_grant", "the person is gone");
  const jti = randomId();
  const claims: AccessTokenClaims = {
    iss: as.issuer,
    aud: userinfoOf(as),
    sub: await subAtClient(person, clientId),
    client_id: clientId,
    iat,
    exp,
    jti,
    cnf,
    scope: "openid",
    generation,
    hangs_on: await sealHangsOn(as, { consentId, clientId, jti, iat, exp, generation, cnf }),
  };
  return signed(as.tokenKeys, claims, "at+jwt");
}
