import {
  base64url,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
} from "jose";
import * as v from "valibot";
import { isCompactJws, type Parameters, signingAlgorithms } from "../../protocol/oauth.ts";
import { hostOf, humanText } from "../../protocol/registry.ts";
import { ID_TOKEN_FORMATS } from "../../protocol/uma.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, openHandle, sameHash } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import { subHash } from "../person.ts";
import { personParty, type RequestingParty } from "./requesting-party.ts";

/**
 * Who the Client says uses it (UMA Grant §3.3.1): by an ID token, ours or of an issuer the operator trusts, or by a token for claims it was given before.
 * Whatever else a claim token claims counts for nothing (N-62); what does not hold is as if it were not there, and the Client is told what is needed.
 * @throws OAuthError invalid_request when claim_token comes without claim_token_format, or the other way round
 */
export async function requestingPartyIn(
  as: Exchange,
  clientId: string,
  parameters: Parameters,
): Promise<RequestingParty | undefined> {
  const [token, format, pct] = ["claim_token", "claim_token_format", "pct"].map((name) => parameters.get(name));
  if ((token === undefined) !== (format === undefined))
    throw new OAuthError("invalid_request", "claim_token and claim_token_format go together (§3.3.1)");
  const pushed =
    token === undefined || !ID_TOKEN_FORMATS.includes(format ?? "") ? undefined : await pushedBy(as, clientId, token);
  return pushed ?? (pct === undefined ? undefined : await persistedFor(as, clientId, pct));
}

async function pushedBy(as: Exchange, clientId: string, token: string): Promise<RequestingParty | undefined> {
  const read = idTokenIn(token);
  if (read === undefined) return undefined;
  return read.iss === as.issuer ? ours(as, clientId, read.jwt) : theirs(as, clientId, read.jwt, read.iss);
}

/** A JWT, as it is or base64url encoded, and who says that they issued it. */
function idTokenIn(token: string): { readonly jwt: string; readonly iss: string | undefined } | undefined {
  try {
    const jwt = isCompactJws(token) ? token : new TextDecoder().decode(base64url.decode(token));
    if (!isCompactJws(jwt) || jwt.length > 8_000) return undefined;
    // An access token or a proof of the same issuer is no ID token (RFC 8725 §3.11).
    const { typ = "JWT" } = decodeProtectedHeader(jwt);
    return typ.toUpperCase() === "JWT" ? { jwt, iss: decodeJwt(jwt).iss } : undefined;
  } catch {
    return undefined;
  }
}

/** Our own ID token, with the Client that presents it as its audience. */
async function ours(as: Exchange, clientId: string, jwt: string): Promise<RequestingParty | undefined> {
  const claims = await verified(as, jwt, { keys: [...(await as.tokenKeys.published())] }, [clientId]);
  if (claims === undefined) return undefined;
  const { sub, iat = 0, auth_time } = claims;
  const personId = (await as.records.names.find(await subHash(clientId, String(sub))))?.value.to;
  const person = personId === undefined ? undefined : await as.registry.person(personId);
  if (personId === undefined || person?.status !== "active") return undefined;
  return { id: personParty(personId), name: person.name, by: "claim_token", at: Number(auth_time ?? iat) };
}

/** UMA Grant §5.7: an issuer's ID token for this Client or for us, verified by the keys the operator registered. */
async function theirs(
  as: Exchange,
  clientId: string,
  jwt: string,
  iss: string | undefined,
): Promise<RequestingParty | undefined> {
  const trusted = iss === undefined ? undefined : (await as.records.claimsIssuers.find(hostOf(iss)))?.value;
  if (trusted?.issuer !== iss || trusted?.status !== "active") return undefined;
  const claims = await verified(as, jwt, trusted.jwks as JSONWebKeySet, [clientId, as.issuer]);
  if (claims === undefined) return undefined;
  const { sub, iat = 0, name } = claims;
  const words = v.safeParse(humanText(60), name);
  return {
    id: `${trusted.issuer} ${sub}`,
    name: words.success ? words.output : hostOf(trusted.issuer),
    by: "claim_token",
    at: iat,
  };
}

/** Undefined for whatever does not verify. */
function verified(as: Exchange, jwt: string, keys: JSONWebKeySet, audience: string[]): Promise<JWTPayload | undefined> {
  return jwtVerify(jwt, createLocalJWKSet(keys), {
    algorithms: [...signingAlgorithms],
    audience,
    requiredClaims: ["iss", "sub", "aud", "exp", "iat"],
    currentDate: new Date(as.nowMs()),
  }).then(
    ({ payload }) => payload,
    () => undefined,
  );
}

/** Another Client's is as if it were not there (§5.2, N-68). */
async function persistedFor(as: Exchange, clientId: string, pct: string): Promise<RequestingParty | undefined> {
  const handle = await openHandle(as, handleKind.persistedClaims, pct);
  const claims = handle && (await as.records.persistedClaims.find(handle.id))?.value;
  if (handle === undefined || claims === undefined) return undefined;
  if (claims.clientId !== clientId || !sameHash(claims.hash, handle.hash) || claims.expiresAt <= now(as))
    return undefined;
  return { ...claims.requestingParty, by: "pct", at: claims.createdAt };
}
