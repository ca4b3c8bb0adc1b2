import { decodeJwt, decodeProtectedHeader } from "jose";
import { isCompactJws, isJti, signingAlgorithms } from "../protocol/oauth.ts";
import { type Exchange, now } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Party } from "./party.ts";
import { verifiedByParty } from "./party-keys.ts";

/** FAPI 2.0 §5.3.2.1: accept clocks up to 10 s ahead; ours refuses beyond 60 s. */
const SKEW = 60;
/** Our number: an assertion lives at most 10 minutes (N-06). */
const MAX_LIFE = 600;

/** RFC 7523 §3 with FAPI 2.0 §5.3.2.1: private_key_jwt, `aud` is the issuer as a string, each `jti` once. Nothing in a header is followed anywhere (RFC 8725 §3.10). */
export async function verifyAssertion(
  as: Pick<Exchange, "issuer" | "records" | "egress" | "guards" | "nowMs" | "x509">,
  party: Party,
  jwt: string,
): Promise<void> {
  const claims = await verified(as, jwt, party);
  const key = `ONCE#assertion#${party.client_id} ${claims.jti}`;
  if ((await as.guards.once(key, claims.exp + SKEW)) === "seen") throw invalidClient("the assertion was used before");
}

/** Whom an assertion is about, before anything of it is believed. */
export function subjectOfAssertion(jwt: string): string {
  if (!isCompactJws(jwt) || jwt.length > 4_000) throw invalidClient("the assertion is no compact JWS");
  try {
    const { sub } = decodeJwt(jwt);
    if (typeof sub === "string" && sub.length <= 100) return sub;
  } catch {
    // falls through to the one refusal
  }
  throw invalidClient("the assertion names no client");
}

async function verified(
  as: Pick<Exchange, "issuer" | "records" | "egress" | "nowMs" | "x509">,
  jwt: string,
  party: Party,
): Promise<{ jti: string; exp: number }> {
  const algorithm = party.token_endpoint_auth_signing_alg;
  try {
    const { typ, jku, x5u, jwk } = decodeProtectedHeader(jwt);
    if (jku !== undefined || x5u !== undefined || jwk !== undefined) throw new Error("a key named by the header");
    // RFC 7523bis names client-authentication+jwt; other typed JWTs (request objects, DPoP proofs) are no assertions (N-12).
    if (typ !== undefined && !/^(JWT|client-authentication\+jwt)$/i.test(typ)) throw new Error("another typ");
    const payload = await verifiedByParty(as, party, jwt, {
      algorithms: algorithm === undefined ? [...signingAlgorithms] : [algorithm],
      issuer: party.client_id,
      subject: party.client_id,
      requiredClaims: ["exp", "jti"],
      clockTolerance: SKEW,
      currentDate: new Date(as.nowMs()),
    });
    const { aud, jti, exp = 0, iat, nbf } = payload;
    if (aud !== as.issuer) throw new Error("aud is not the issuer as a string");
    if (!isJti(jti)) throw new Error("jti is no string of 1 to 200");
    const time = now(as);
    if (exp <= time) throw new Error("expired");
    if (exp > time + MAX_LIFE + SKEW) throw new Error("lives longer than 10 minutes");
    if ((iat ?? 0) > time + SKEW || (nbf ?? 0) > time + SKEW) throw new Error("from the future");
    return { jti, exp };
  } catch (cause) {
    throw invalidClient(`the assertion of ${party.client_id} does not verify: ${(cause as Error).message}`);
  }
}

/** RFC 6749 §5.2. */
export function invalidClient(reason: string) {
  return new OAuthError("invalid_client", reason);
}
