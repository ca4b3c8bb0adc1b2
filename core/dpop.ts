import {
  type CryptoKey,
  calculateJwkThumbprint,
  EmbeddedJWK,
  type FlattenedJWSInput,
  type JWK,
  type JWSHeaderParameters,
  jwtVerify,
} from "jose";
import { sha256 } from "../protocol/canonical-json.ts";
import { isCompactJws, isJti, signingAlgorithms } from "../protocol/oauth.ts";
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
    const { payload, protectedHeader } = await jwtVerify(
      dpop,
      async (header, token) => (await keyOfProof(header, token)).key,
      {
        typ: "dpop+jwt",
        algorithms: [...signingAlgorithms],
        requiredClaims: ["jti", "htm", "htu", "iat"],
        clockTolerance: PAST,
        currentDate: new Date(as.nowMs()),
      },
    );
    const jwk = protectedHeader.jwk as JWK;
    const { jti, htm, htu, iat = 0, ath, nonce } = payload;
    if ("d" in jwk || "k" in jwk) throw new Error("a private key in the proof");
    if (!isJti(jti)) throw new Error("jti is no string of 1 to 200");
    if (htm !== request.method) throw new Error("another method");
    if (typeof htu !== "string" || withoutQuery(htu) !== withoutQuery(request.url)) throw new Error("another URL");
    if (iat > now(as) + AHEAD || iat < now(as) - PAST) throw new Error("iat too far away");
    if (accessToken !== undefined && ath !== (await sha256(accessToken))) throw new Error("ath is of another token");
    const { jkt } = await keyOfProof(protectedHeader, { protected: dpop.slice(0, dpop.indexOf(".")) });
    return { jkt, jti, iat, nonce: typeof nonce === "string" ? nonce : undefined };
  } catch (cause) {
    throw invalidProof((cause as Error).message);
  }
}

/** Each proof once, for as long as it would be accepted; keyed with its own key, so nobody can burn another's `jti` (N-44). */
export async function spendProof(as: Pick<Exchange, "guards">, { jkt, jti, iat }: DpopProof): Promise<void> {
  const key = `ONCE#proof#${jkt} ${jti}`;
  if ((await as.guards.once(key, iat + PAST + AHEAD)) === "seen") throw invalidProof("the proof was used before");
}

interface ProofKey {
  readonly key: CryptoKey;
  readonly jkt: string;
}

const MOST_KEYS = 500;
const keys = new Map<string, Promise<ProofKey>>();

/** The key a proof's header brings: imported once for each text of a header, as callers keep theirs. Whether a proof verified is never remembered (N-04). */
function keyOfProof(header: JWSHeaderParameters, token: Pick<FlattenedJWSInput, "protected">): Promise<ProofKey> {
  const text = token.protected ?? "";
  const known = keys.get(text);
  if (known !== undefined) return known;
  const imported = Promise.all([EmbeddedJWK(header), calculateJwkThumbprint(header.jwk as JWK)]).then(([key, jkt]) => ({
    key,
    jkt,
  }));
  if (keys.size >= MOST_KEYS) keys.clear();
  keys.set(text, imported);
  imported.catch(() => keys.delete(text));
  return imported;
}

/** RFC 9449 §4.3 check 9: compared without query and fragment, after scheme- and syntax-based normalization. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

function invalidProof(reason: string) {
  return new OAuthError("invalid_dpop_proof", `DPoP: ${reason}`);
}
