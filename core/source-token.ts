import type { Confirmation } from "../protocol/confirmation.ts";
import type { GrantedDetail } from "../protocol/oauth.ts";
import { type AccessTokenClaims, encrypted, encryptionKey, sealHangsOn, signed } from "./access-token.ts";
import type { Consent } from "./consent.ts";
import type { Exchange } from "./exchange.ts";
import { grantedDetails, scopesOf } from "./granted.ts";
import { randomId } from "./random.ts";
import type { Part } from "./share.ts";
import type { SourceInForce } from "./standing.ts";

/** What every token of a consent is made from. */
export interface TokenOfConsent {
  readonly consentId: string;
  readonly consent: Consent;
  readonly cnf: Confirmation;
  readonly iat: number;
  readonly exp: number;
}

/** RFC 9068 for one source, encrypted to it where it registered a key. */
export async function sourceToken(
  as: Pick<Exchange, "issuer" | "region" | "sealingKeys" | "tokenKeys">,
  { consentId, consent, cnf, iat, exp }: TokenOfConsent,
  { source, left, share, link, resourceServer }: SourceInForce & Part,
): Promise<string> {
  const jti = randomId();
  const { clientId, generation } = consent;
  const { linkId, resourceServerId } = source;
  const hangsOn = { consentId, linkId, resourceServerId, clientId, jti, iat, exp, generation, cnf, share };
  const hangs_on = await sealHangsOn(as, hangsOn);
  const key = encryptionKey(resourceServer);
  const claims: AccessTokenClaims = {
    iss: as.issuer,
    aud: source.location,
    // What identifies the person to the source is readable by the source alone, or not there.
    sub: key === undefined ? source.sub : link.sub,
    client_id: clientId,
    iat,
    exp,
    jti,
    cnf,
    scope: scopesOf([left]).join(" "),
    authorization_details: left.grants.map((grant, n) => ({
      ...(grantedDetails(left)[n] as GrantedDetail),
      ...(key !== undefined && { resource_ids: grant.resourceIds }),
    })),
    consent: source.handle,
    generation,
    hangs_on,
  };
  const jws = await signed(as.tokenKeys, claims, "at+jwt");
  return key === undefined ? jws : encrypted(jws, key, hangs_on);
}
