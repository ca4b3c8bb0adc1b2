import { calculateJwkThumbprint, EmbeddedJWK, errors, type JWK, jwtVerify } from "jose";
import { sha256 } from "../../protocol/canonical-json.ts";
import { isCompactJws, signingAlgorithms } from "../../protocol/oauth.ts";
import { RefusedAccess } from "./refused-access.ts";

/** How old a proof may be, and how far ahead its clock, in seconds (RFC 9449 §11.1). */
export const PROOF_AGE = 60;
const PROOF_AHEAD = 10;

export interface Proof {
  /** RFC 7638 thumbprint of the key that signed. */
  readonly jkt: string;
  readonly jti: string;
  /** Seconds since the epoch. */
  readonly iat: number;
}

export interface ProvenRequest {
  readonly method: string;
  /** As the Client addressed it; query and fragment do not count. */
  readonly url: URL;
  /** As sent, encrypted or not: what `ath` is the hash of. */
  readonly accessToken: string;
}

/**
 * Checks everything that a proof says; whether it comes for the first time is asked of `ProofMemory` afterwards.
 *
 * @throws {RefusedAccess} `invalid_dpop_proof`
 * @see RFC 9449 §4.3
 */
export async function verifiedProof(proof: string | null, { method, url, accessToken }: ProvenRequest): Promise<Proof> {
  // §4.3 (1): several header fields arrive comma-joined, which is no compact JWS
  if (proof === null || !isCompactJws(proof)) throw refused("not exactly one DPoP proof");
  const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
    typ: "dpop+jwt",
    algorithms: [...signingAlgorithms],
    requiredClaims: ["jti", "htm", "htu", "iat", "ath"],
  }).catch((failure: unknown) => {
    if (failure instanceof errors.JOSEError || failure instanceof TypeError) throw refused(failure.message);
    throw failure;
  });
  const { jti, htm, htu, iat, ath } = payload;
  if (typeof jti !== "string" || jti === "" || jti.length > 300) throw refused("jti");
  if (htm !== method) throw refused("htm is another method");
  if (typeof htu !== "string" || target(htu) !== target(url.href)) throw refused("htu is another resource");
  const now = Date.now() / 1_000;
  if (typeof iat !== "number" || iat < now - PROOF_AGE || iat > now + PROOF_AHEAD) throw refused("iat");
  if (ath !== (await sha256(accessToken))) throw refused("ath is of another token");
  return { jkt: await calculateJwkThumbprint(protectedHeader.jwk as JWK), jti, iat };
}

/** §4.3 (9): without query and fragment, after the normalization that URL parsing is (RFC 3986 §6.2.2, §6.2.3). */
function target(uri: string): string | undefined {
  const url = URL.parse(uri);
  return url === null ? undefined : url.origin + url.pathname;
}

function refused(reason: string): RefusedAccess {
  return new RefusedAccess("invalid_dpop_proof", `DPoP proof: ${reason}`);
}
