import { type Confirmation, isSameConfirmation, tokenTypeOf } from "../protocol/confirmation.ts";
import { isCompactJws } from "../protocol/oauth.ts";
import { type DpopProof, type DpopRequest, spendProof, verifyDpopProof } from "./dpop.ts";
import { requireNonce } from "./dpop-nonce.ts";
import type { Exchange } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import { isResourceServer, type Party } from "./party.ts";

/** What the sender of a request shows to hold: a key, a certificate, or nothing. */
export type Binding = Confirmation | undefined;

/** A request as far as it shows what its sender holds. */
export interface HolderRequest extends DpopRequest {
  /** The client certificate of its TLS connection, DER in base64, where the edge vouches for it (RFC 9440 §2.2). */
  readonly certificate: string | undefined;
}

type Showing = Pick<Exchange, "guards" | "region" | "sealingKeys" | "dpopNonces" | "x509" | "nowMs">;

/**
 * What the tokens of this token request are bound to: the key of its proof (RFC 9449 §5), the certificate of its connection where the party is registered so
 * (RFC 8705 §3), and nothing only where {@link mayBear} says so.
 * @throws OAuthError invalid_dpop_proof, use_dpop_nonce, or invalid_request without a certificate
 */
export async function bindingOf(
  as: Showing & Pick<Exchange, "bearerPats">,
  party: Party,
  request: HolderRequest,
): Promise<Binding> {
  if (request.dpop !== undefined || party.dpop_bound_access_tokens)
    return { jkt: (await provenAtForm(as, party, request)).jkt };
  if (party.tls_client_certificate_bound_access_tokens) {
    const certificate = as.x509.read(request.certificate);
    if (certificate === undefined) throw new OAuthError("invalid_request", "no client certificate to bind to");
    return { "x5t#S256": certificate.thumbprint };
  }
  if (!mayBear(as, party)) throw new OAuthError("invalid_request", "nothing to bind a token to");
  return undefined;
}

/** UMA FedAuthz §1.3: the one exception. A Resource Server's own token, where it is registered without a binding and the deployment allows it. */
export function mayBear({ bearerPats }: Pick<Exchange, "bearerPats">, party: Party): boolean {
  const bound = party.dpop_bound_access_tokens || party.tls_client_certificate_bound_access_tokens;
  return bearerPats && !bound && isResourceServer(party);
}

/** A proof at a form endpoint. Beside a client assertion, which is used once, it needs no record of its own; beside anything else it does. */
export async function provenAtForm(as: Showing, party: Party, request: DpopRequest): Promise<DpopProof> {
  const proof = await verifyDpopProof(as, request);
  await requireNonce(as, proof);
  if (party.token_endpoint_auth_method !== "private_key_jwt") await spendProof(as, proof);
  return proof;
}

export interface PresentedToken {
  readonly scheme: "dpop" | "bearer";
  readonly token: string;
}

/** An access token in the header (RFC 9449 §7.1, RFC 6750 §2.1), and nowhere else (N-45). */
export function presentedToken(authorization: string | undefined): PresentedToken | undefined {
  const [, scheme = "", token = ""] = /^(DPoP|Bearer) ([^\s,]+)$/i.exec(authorization ?? "") ?? [];
  return isCompactJws(token) ? { scheme: scheme.toLowerCase() as PresentedToken["scheme"], token } : undefined;
}

/**
 * Whoever presents a bound token must hold what it is bound to (N-42, N-43; RFC 8705 §3); each proof is used once. Of a token bound to nothing it says nothing.
 * @throws OAuthError invalid_dpop_proof, use_dpop_nonce, or invalid_token for a token of another scheme, key or certificate
 */
export async function verifyHolder(
  as: Showing,
  request: HolderRequest,
  { scheme, token }: PresentedToken,
  cnf: Binding,
): Promise<void> {
  if (tokenTypeOf(cnf).toLowerCase() !== scheme) throw new OAuthError("invalid_token", "a token of another scheme");
  if (scheme === "bearer") {
    const held = as.x509.read(request.certificate)?.thumbprint;
    if (cnf !== undefined && (held === undefined || !isSameConfirmation(cnf, { "x5t#S256": held })))
      throw new OAuthError("invalid_token", "the token is bound to another certificate");
    return;
  }
  const proof = await verifyDpopProof(as, request, token);
  if (!isSameConfirmation(cnf, { jkt: proof.jkt }))
    throw new OAuthError("invalid_token", "the token is bound to another key");
  await requireNonce(as, proof);
  await spendProof(as, proof);
}
