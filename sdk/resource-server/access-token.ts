import {
  compactDecrypt,
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  importJWK,
  type JWK,
  type JWTVerifyGetKey,
  jwtVerify,
} from "jose";
import { type Confirmation, isConfirmation } from "../../protocol/confirmation.ts";
import { isCompactJwe, isCompactJws } from "../../protocol/oauth.ts";
import { RefusedAccess } from "./refused-access.ts";

const KEY_AGREEMENT = ["ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"];
const CONTENT_ENCRYPTION = ["A128GCM", "A256GCM", "A128CBC-HS256", "A256CBC-HS512"];

/** What the signature vouches for; the rest is asked of the exchange. */
export interface VerifiedToken {
  /** The inner JWS: what `/introspect` is asked about. */
  readonly jws: string;
  readonly client_id: string;
  /** What it is bound to. */
  readonly cnf: Confirmation;
}

/**
 * The signed token inside a token as sent: itself, or what a JWE for one of our keys holds.
 *
 * @throws {RefusedAccess} `invalid_token`
 * @see RFC 7516 §5.2, RFC 7519 §5.2 (`cty` of a nested JWT)
 */
export async function opened(token: string, decryptionKeys: readonly JWK[]): Promise<string> {
  if (isCompactJws(token)) return token;
  if (!isCompactJwe(token)) throw refused("neither a compact JWS nor a compact JWE");
  try {
    const { kid, cty } = decodeProtectedHeader(token);
    if (typeof cty !== "string" || cty.toUpperCase() !== "JWT") throw refused("the JWE holds no JWT");
    const key = decryptionKeys.find((candidate) => kid === undefined || candidate.kid === kid);
    if (key === undefined) throw refused("encrypted to a key that is not ours");
    const { plaintext } = await compactDecrypt(token, await importJWK(key, key.alg ?? "ECDH-ES"), {
      keyManagementAlgorithms: KEY_AGREEMENT,
      contentEncryptionAlgorithms: CONTENT_ENCRYPTION,
    });
    const inner = new TextDecoder().decode(plaintext);
    if (!isCompactJws(inner)) throw refused("the JWE holds no compact JWS");
    return inner;
  } catch (failure) {
    throw asRefusal(failure);
  }
}

/**
 * @param keys the exchange's signing keys, see `signingKeys`
 * @throws {RefusedAccess} `invalid_token`; `temporarily_unavailable` when the keys cannot be read
 * @see RFC 9068 §4, RFC 9449 §6.1, RFC 8705 §3.1
 */
export async function verifiedToken(
  jws: string,
  keys: JWTVerifyGetKey,
  { issuer, resource }: { readonly issuer: string; readonly resource: string },
): Promise<VerifiedToken> {
  try {
    const { payload } = await jwtVerify(jws, keys, {
      typ: "at+jwt",
      algorithms: ["ES256"],
      issuer,
      audience: resource,
      requiredClaims: ["iss", "aud", "sub", "exp", "iat", "jti", "client_id", "cnf"],
    });
    const { aud, client_id, cnf } = payload as { aud?: unknown; client_id?: unknown; cnf?: unknown };
    if (aud !== resource) throw refused("aud names others too");
    if (typeof client_id !== "string" || !isConfirmation(cnf)) throw refused("client_id or cnf");
    return { jws, client_id, cnf };
  } catch (failure) {
    throw asRefusal(failure);
  }
}

/** The exchange's published keys, fetched when a `kid` is new and at most every 30 s for unknown ones (RFC 7517 §5). */
export function signingKeys(jwksUri: string): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: 3_000, cooldownDuration: 30_000 });
  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (failure) {
      if (failure instanceof errors.JWKSNoMatchingKey || failure instanceof errors.JWKSMultipleMatchingKeys)
        throw failure;
      throw new RefusedAccess("temporarily_unavailable", `keys of the exchange: ${failure}`);
    }
  };
}

function asRefusal(failure: unknown): unknown {
  return failure instanceof errors.JOSEError || failure instanceof TypeError ? refused(failure.message) : failure;
}

function refused(reason: string): RefusedAccess {
  return new RefusedAccess("invalid_token", `access token: ${reason}`);
}
