import { ACCESS_TOKEN_LIFE, signed } from "./access-token.ts";
import type { Redirect } from "./authorization-request.ts";
import { type Exchange, now } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Client } from "./party.ts";

/** What a Client may ask, and what it means: `jwt` is `query.jwt` for a code (JARM §2.3.4). */
export const responseModes: Readonly<Record<string, "query" | "query.jwt">> = {
  query: "query",
  "query.jwt": "query.jwt",
  jwt: "query.jwt",
};

/**
 * The response mode of one request. Who registers `authorization_signed_response_alg` gets every answer signed (JARM §3).
 * @throws OAuthError invalid_request for a mode that is not offered, or unsigned to a Client that wants signatures (N-20)
 */
export function responseMode(
  asked: string | undefined,
  client: Pick<Client, "authorization_signed_response_alg">,
): "query" | "query.jwt" {
  const signs = client.authorization_signed_response_alg !== undefined;
  const name = asked ?? (signs ? "query.jwt" : "query");
  const mode = Object.hasOwn(responseModes, name) ? responseModes[name] : undefined;
  if (mode === undefined || (signs && mode === "query"))
    throw new OAuthError("invalid_request", "another response_mode");
  return mode;
}

/** RFC 6749 §4.1.2 and §4.1.2.1 with `iss` (RFC 9207 §2): where the browser goes with the answer, in the mode asked at PAR. */
export async function authorizationResponse(
  as: Pick<Exchange, "issuer" | "tokenKeys" | "nowMs">,
  clientId: string,
  { redirect_uri, response_mode, state }: Redirect,
  answer: { readonly code: string } | { readonly error: "access_denied" },
): Promise<string> {
  const members = { ...answer, ...(state !== undefined && { state }), iss: as.issuer };
  const url = new URL(redirect_uri);
  const sent = response_mode === "query.jwt" ? { response: await asJwt(as, clientId, members) } : members;
  for (const [name, value] of Object.entries(sent)) url.searchParams.set(name, value);
  return url.href;
}

/** JARM §2.1 and §2.2: for this Client alone, signed with the token key, good for the way back. */
function asJwt(as: Pick<Exchange, "tokenKeys" | "nowMs">, aud: string, members: object): Promise<string> {
  return signed(as.tokenKeys, { ...members, aud, exp: now(as) + ACCESS_TOKEN_LIFE }, "JWT");
}
