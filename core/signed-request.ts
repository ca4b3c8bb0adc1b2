import { decodeProtectedHeader } from "jose";
import { isCompactJws, type Parameters, signingAlgorithms } from "../protocol/oauth.ts";
import { type Exchange, now } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Client } from "./party.ts";
import { verifiedByParty } from "./party-keys.ts";

/** FAPI-CIBA §5.2.2: from nbf to exp at most an hour, and nbf no more than an hour ago. */
const MAX_LIFE = 3_600;
const SKEW = 60;
/** What may stand beside a signed request: client authentication (CIBA Core §7.1.1). */
const beside = ["request", "client_id", "client_assertion", "client_assertion_type"];
const ofTheJwt = ["iss", "aud", "exp", "nbf", "iat", "jti"];

/**
 * CIBA Core §7.1.1: the parameters of an authentication request, out of the signed JWT where there is one; the two are never mixed. Its `jti` needs no record:
 * the client assertion on the same request is used once.
 * @throws OAuthError invalid_request
 */
export async function authenticationRequest(
  as: Pick<Exchange, "issuer" | "records" | "egress" | "nowMs">,
  client: Client,
  sent: Parameters,
): Promise<Parameters> {
  const jwt = sent.get("request");
  const algorithm = client.backchannel_authentication_request_signing_alg;
  if (jwt === undefined) {
    if (algorithm !== undefined) throw refused("unsigned, from a Client that signs");
    return sent;
  }
  const mixed = [...sent.keys()].find((name) => !beside.includes(name));
  if (mixed !== undefined) throw refused(`${mixed} beside it`);
  try {
    if (!isCompactJws(jwt)) throw new Error("no compact JWS");
    const { typ, jku, x5u, jwk } = decodeProtectedHeader(jwt);
    if (jku !== undefined || x5u !== undefined || jwk !== undefined) throw new Error("a key named by the header");
    if (typ !== undefined && !/^(JWT|oauth-authz-req\+jwt)$/i.test(typ)) throw new Error(`typ ${typ}`);
    const payload = await verifiedByParty(as, client, jwt, {
      algorithms: algorithm === undefined ? [...signingAlgorithms] : [algorithm],
      issuer: client.client_id,
      audience: as.issuer,
      requiredClaims: ofTheJwt,
      clockTolerance: SKEW,
      currentDate: new Date(as.nowMs()),
    });
    inTime(payload as { exp: number; nbf: number; iat: number }, now(as));
    // A client assertion has the Client as its subject; a request has none (RFC 8725 §3.12).
    if (payload.sub !== undefined) throw new Error("a subject");
    return asParameters(payload);
  } catch (cause) {
    throw refused((cause as Error).message);
  }
}

function inTime({ exp, nbf, iat }: { exp: number; nbf: number; iat: number }, time: number): void {
  if (exp <= time) throw new Error("expired");
  if (iat > time + SKEW) throw new Error("from the future");
  if (nbf < time - MAX_LIFE || exp - nbf > MAX_LIFE) throw new Error("lives longer than 60 minutes");
}

/** As a form would have brought them: text, numbers in decimals, structures in JSON. */
function asParameters(payload: Readonly<Record<string, unknown>>): Parameters {
  const claims = Object.entries(payload).filter(([name]) => !ofTheJwt.includes(name));
  return new Map(
    claims.map(([name, value]) => {
      if (value === "" || value === null) throw new Error(`${name} is empty`);
      return [name, typeof value === "string" ? value : JSON.stringify(value)];
    }),
  );
}

function refused(reason: string) {
  return new OAuthError("invalid_request", `signed authentication request: ${reason}`);
}
