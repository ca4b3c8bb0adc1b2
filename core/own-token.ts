import { createLocalJWKSet, jwtVerify } from "jose";
import { signingAlgorithms } from "../protocol/oauth.ts";
import type { AccessTokenClaims } from "./access-token.ts";
import type { Exchange } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";

/**
 * The claims of an access token that was made for one endpoint of ours.
 * @throws OAuthError invalid_token
 */
export async function verifiedClaims(
  as: Pick<Exchange, "issuer" | "tokenKeys" | "nowMs">,
  token: string,
  audience: string,
): Promise<AccessTokenClaims> {
  const keys = createLocalJWKSet({ keys: [...(await as.tokenKeys.published())] });
  try {
    const { payload } = await jwtVerify<AccessTokenClaims>(token, keys, {
      typ: "at+jwt",
      algorithms: ["ES256"],
      issuer: as.issuer,
      audience,
      requiredClaims: ["exp", "jti", "client_id"],
      currentDate: new Date(as.nowMs()),
    });
    return payload;
  } catch (cause) {
    throw refusedToken("invalid_token", (cause as Error).message);
  }
}

/** RFC 9449 §7.1, RFC 6750 §3: a refusal of the token or its proof carries a challenge; anything else goes as it is. */
export function challenged(error: unknown): never {
  if (!(error instanceof OAuthError)) throw error;
  const { code, message, headers } = error;
  if (code === "use_dpop_nonce") throw refusedToken(code, message, { headers, status: 401 });
  if (code === "invalid_dpop_proof") throw refusedToken(code, message, { status: 401 });
  throw code === "invalid_token" ? refusedToken(code, message) : error;
}

/** RFC 6750 §3.1: who shows no token is told the schemes, and no error in them. */
export function missingToken() {
  const challenge = `DPoP algs="${signingAlgorithms.join(" ")}", Bearer`;
  return new OAuthError("invalid_token", "no access token in the header", {
    headers: { "www-authenticate": challenge },
  });
}

/** With the challenges of both schemes; what is wrong with a proof concerns DPoP alone. */
export function refusedToken(
  code: "invalid_token" | "invalid_dpop_proof" | "use_dpop_nonce" | "insufficient_scope",
  reason: string,
  { headers = {}, ...more }: { headers?: Readonly<Record<string, string>>; status?: number } = {},
) {
  const dpop = `DPoP error="${code}", algs="${signingAlgorithms.join(" ")}"`;
  const ofProofs = code === "invalid_dpop_proof" || code === "use_dpop_nonce";
  const challenge = ofProofs ? dpop : `${dpop}, Bearer error="${code}"`;
  return new OAuthError(code, reason, { headers: { "www-authenticate": challenge, ...headers }, ...more });
}
