import { type Confirmation, isSameConfirmation, tokenTypeOf } from "../protocol/confirmation.ts";
import { isCompactJws } from "../protocol/oauth.ts";
import { type DpopRequest, spendProof, verifyDpopProof } from "./dpop.ts";
import type { Exchange } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Party } from "./party.ts";

/** What the sender of a request shows to hold: a key, a certificate, or nothing. */
export type Binding = Confirmation | undefined;

/**
 * RFC 9449 §5: what the tokens of this token request are bound to. The proof needs no record of its own: the client assertion beside it is used once.
 * @throws OAuthError invalid_dpop_proof
 */
export async function bindingOf(as: Pick<Exchange, "nowMs">, _: Party, request: DpopRequest): Promise<Binding> {
  const { jkt } = await verifyDpopProof(as, request);
  return { jkt };
}

/** An access token as it was presented (RFC 9449 §7.1, RFC 6750 §2.1), in the header alone; undefined for anything else (N-45). */
export function presentedToken(authorization: string | undefined): { scheme: string; token: string } | undefined {
  const [, scheme = "", token = ""] = /^(DPoP) ([^\s,]+)$/i.exec(authorization ?? "") ?? [];
  return isCompactJws(token) ? { scheme: scheme.toLowerCase(), token } : undefined;
}

/**
 * Whoever presents a bound token must hold what it is bound to (N-42, N-43); each proof is used once.
 * @throws OAuthError invalid_dpop_proof, or invalid_token for a token of another scheme, key or certificate
 */
export async function verifyHolder(
  as: Pick<Exchange, "guards" | "nowMs">,
  request: DpopRequest,
  { scheme, token }: { readonly scheme: string; readonly token: string },
  cnf: Binding,
): Promise<void> {
  if (tokenTypeOf(cnf).toLowerCase() !== scheme) throw new OAuthError("invalid_token", "a token of another scheme");
  const proof = await verifyDpopProof(as, request, token);
  if (!isSameConfirmation(cnf, { jkt: proof.jkt }))
    throw new OAuthError("invalid_token", "the token is bound to another key");
  await spendProof(as, proof);
}
