import { decodeProtectedHeader } from "jose";
import { isCompactJws, type Parameters, signingAlgorithms } from "../protocol/oauth.ts";
import { type Exchange, now } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Client, Party } from "./party.ts";
import { verifiedByParty } from "./party-keys.ts";

/** FAPI-CIBA §5.2.2, FAPI 2.0 Message Signing §5.3.1: from nbf to exp at most an hour, and nbf no more than an hour ago. */
const MAX_LIFE = 3_600;
const SKEW = 60;
/** What may stand beside a signed request: client authentication (CIBA Core §7.1.1). */
const beside = ["request", "client_id", "client_assertion", "client_assertion_type"];
const ofTheJwt = ["iss", "aud", "exp", "nbf", "iat", "jti"];

interface Rules {
  /** Who registers one signs every request, with this. */
  readonly algorithm: string | undefined;
  readonly required: readonly string[];
  /** What a JWT that does not hold is called. */
  readonly invalid: "invalid_request" | "invalid_request_object";
}

type Verifying = Pick<Exchange, "issuer" | "records" | "egress" | "x509" | "nowMs">;

/** CIBA Core §7.1.1: the parameters of an authentication request. */
export function authenticationRequest(as: Verifying, client: Client, sent: Parameters): Promise<Parameters> {
  return requested(as, client, sent, {
    algorithm: client.backchannel_authentication_request_signing_alg,
    required: ofTheJwt,
    invalid: "invalid_request", // CIBA Core §13
  });
}

/** RFC 9101 §6 with FAPI 2.0 Message Signing §5.3.1: the parameters of an authorization request, by value and at PAR alone. */
export function authorizationRequest(
  as: Verifying,
  client: Party & Pick<Client, "request_object_signing_alg">,
  sent: Parameters,
): Promise<Parameters> {
  return requested(as, client, sent, {
    algorithm: client.request_object_signing_alg,
    required: ["iss", "aud", "exp", "nbf"],
    invalid: "invalid_request_object", // RFC 9101 §6.2, §6.3
  });
}

/**
 * The parameters out of the signed JWT where there is one, else as they were sent; the two are never mixed. Its `jti` needs no record: the client assertion on
 * the same request is used once.
 * @throws OAuthError invalid_request, or as the rules call a JWT that does not hold
 */
async function requested(
  as: Verifying,
  client: Party,
  sent: Parameters,
  { algorithm, required, invalid }: Rules,
): Promise<Parameters> {
  const jwt = sent.get("request");
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
      requiredClaims: [...required],
      clockTolerance: SKEW,
      currentDate: new Date(as.nowMs()),
    });
    inTime(payload as Times, now(as));
    // A client assertion has the Client as its subject; a request has none (RFC 8725 §3.12).
    if (payload.sub !== undefined) throw new Error("a subject");
    const parameters = asParameters(payload);
    const nested = ["request", "request_uri"].find((name) => parameters.has(name));
    if (nested !== undefined) throw new Error(`${nested} inside it (RFC 9101 §4)`);
    // RFC 9101 §5: it names its Client once more, and must name this one.
    if ((parameters.get("client_id") ?? client.client_id) !== client.client_id) throw new Error("another client_id");
    return parameters;
  } catch (cause) {
    throw new OAuthError(invalid, `signed request: ${(cause as Error).message}`);
  }
}

interface Times {
  readonly exp: number;
  readonly nbf: number;
  readonly iat?: number;
}

function inTime({ exp, nbf, iat }: Times, time: number): void {
  if (exp <= time) throw new Error("expired");
  if ((iat ?? nbf) > time + SKEW) throw new Error("from the future");
  if (nbf < time - MAX_LIFE || exp - nbf > MAX_LIFE) throw new Error("lives longer than 60 minutes");
}

/** As a form would have brought them: text, numbers in decimals, structures in JSON; of `resource` several (RFC 8707 §2). */
function asParameters(payload: Readonly<Record<string, unknown>>): Parameters {
  const claims = Object.entries(payload).filter(([name]) => !ofTheJwt.includes(name));
  return new Map(
    claims.map(([name, value]) => {
      if (value === "" || value === null) throw new Error(`${name} is empty`);
      if (name === "resource") return [name, [value].flat().join(" ")];
      return [name, typeof value === "string" ? value : JSON.stringify(value)];
    }),
  );
}

function refused(reason: string) {
  return new OAuthError("invalid_request", `signed request: ${reason}`);
}
