import { calculateJwkThumbprint, EmbeddedJWK, type JWK, jwtVerify } from "jose";
import { sha256 } from "../protocol/canonical-json.ts";
import { isCompactJws, signingAlgorithms } from "../protocol/oauth.ts";
import { type Exchange, now } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";

/** RFC 9449 §11.1: how far `iat` may be off, and so how long a proof must not come again. */
const PAST = 60;
const AHEAD = 60;

export interface DpopRequest {
  readonly method: string;
  /** Issuer or origin and path of this endpoint: from the deployment's parameters, never from `Host`. */
  readonly url: string;
  /** The one DPoP header; two arrive joined by a comma and match no compact JWS. */
  readonly dpop: string | undefined;
}

export interface DpopProof {
  /** RFC 7638 thumbprint of the key the caller holds. */
  readonly jkt: string;
  readonly jti: string;
  readonly iat: number;
  readonly nonce: string | undefined;
}

/** RFC 9449 §4.3, all twelve checks but single use, which {@link spendProof} adds where nothing else on the request is used once. */
export async function verifyDpopProof(
  as: Pick<Exchange, "nowMs">,
  request: DpopRequest,
  accessToken?: string,
): Promise<DpopProof> {
  const { dpop } = request;
  if (dpop === undefined) throw invalidProof("no proof");
  if (!isCompactJws(dpop) || dpop.length > 4_000) throw invalidProof("not one compact JWS");
  try {
    const { payload, protectedHeader } = await jwtVerify(dpop, EmbeddedJWK, {
      typ: "dpop+jwt",
      algorithms: [...signingAlgorithms],
      requiredClaims: ["jti", "htm", "htu", "iat"],
      clockTolerance: PAST,
      currentDate: new Date(as.nowMs()),
    });
    const jwk = protectedHeader.jwk as JWK;
    const { jti, htm, htu, iat = 0, ath, nonce } = payload;
    if ("d" in jwk || "k" in jwk) throw new Error("a private key in the proof");
    if (typeof jti !== "string" || jti.length === 0 || jti.length > 200)
      throw new Error("jti is no string of 1 to 200");
    if (htm !== request.method) throw new Error("another method");
    if (typeof htu !== "string" || withoutQuery(htu) !== withoutQuery(request.url)) throw new Error("another URL");
    if (iat > now(as) + AHEAD || iat < now(as) - PAST) throw new Error("iat too far away");
    if (accessToken !== undefined && ath !== (await sha256(accessToken))) throw new Error("ath is of another token");
    return { jkt: await calculateJwkThumbprint(jwk), jti, iat, nonce: typeof nonce === "string" ? nonce : undefined };
  } catch (cause) {
    throw invalidProof((cause as Error).message);
  }
}

/** Each proof once, for as long as it would be accepted; keyed with its own key, so nobody can burn another's `jti` (N-44). */
export async function spendProof(as: Pick<Exchange, "guards">, { jkt, jti, iat }: DpopProof): Promise<void> {
  const key = `ONCE#proof#${await sha256(`${jkt} ${jti}`)}`;
  if ((await as.guards.once(key, iat + PAST + AHEAD)) === "seen") throw invalidProof("the proof was used before");
}

/** RFC 9449 §4.3 check 9: compared without query and fragment, after scheme- and syntax-based normalization. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

function invalidProof(reason: string) {
  return new OAuthError("invalid_dpop_proof", `DPoP: ${reason}`);
}
