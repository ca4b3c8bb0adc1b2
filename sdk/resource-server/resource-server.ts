import type { JWK, JWTVerifyGetKey } from "jose";
import { type Confirmation, isSameConfirmation } from "../../protocol/confirmation.ts";
import type { ActiveToken } from "../../protocol/introspection.ts";
import { connection, type Exchange, type Party } from "../exchange.ts";
import { opened, signingKeys, verifiedToken } from "./access-token.ts";
import { thumbprintOf } from "./certificate.ts";
import { consentCheck } from "./consent-check.ts";
import { verifiedProof } from "./dpop-proof.ts";
import type { ResourceMetadata } from "./metadata.ts";
import { covers, isPermissions, type Need, scopeFor } from "./needed.ts";
import { offer } from "./permission-ticket.ts";
import { isFirstUse, type ProofMemory, processProofMemory } from "./proof-memory.ts";
import { ownProtectionToken, type ProtectionToken } from "./protection.ts";
import { RefusedAccess } from "./refused-access.ts";

export interface ResourceServerOptions extends Party {
  /** Our RFC 8707 identifier, as registered: the audience of every token we accept. Its origin is where Clients call us. */
  readonly resource: string;
  /** Private JWKs of the `use: enc` keys in the registration; several while one replaces another. */
  readonly decryptionKeys?: readonly JWK[];
  /** How long "active" may be remembered: 0 to 3 seconds, default 3. */
  readonly cacheSeconds?: number;
  /** Default: those of this process. */
  readonly proofs?: ProofMemory;
  /** What our metadata says of us (RFC 9728 §2), if we serve it (`metadataOf`): every refusal then names where it is. */
  readonly metadata?: ResourceMetadata;
  /** Told of every refusal, with its private reason, for logs. */
  readonly onRefusal?: (refusal: RefusedAccess) => void;
}

/** Whose data may be given to whom. Give nothing beyond `resource_ids` of the details that cover the request. */
export interface Access {
  readonly client_id: string;
  /** The person, by the name the exchange uses toward this Resource Server alone: the `resource_owner` of `/rreg`. */
  readonly sub: string;
  readonly authorization_details: NonNullable<ActiveToken["authorization_details"]>;
  /** The consent, by a name for this Resource Server alone, for its audit log. */
  readonly consent: string | undefined;
}

/** A request as far as access depends on it. */
interface AskedRequest {
  readonly method: string;
  /** Path and query, as the Client addressed them. */
  readonly path: string;
  readonly authorization: string | null;
  readonly dpop: string | null;
  /** The client certificate of its TLS connection, in PEM or DER in base64: what TLS itself says, or a proxy of ours that lets no other word through. */
  readonly certificate?: string | undefined;
}

export interface ResourceServer {
  readonly options: ResourceServerOptions;
  readonly exchange: () => Promise<Exchange>;
  /** Our own token for the protection API. @throws {RefusedRequest} */
  readonly protection: () => Promise<ProtectionToken>;
  /** @throws {RefusedAccess} */
  admit(request: AskedRequest, need: Need): Promise<Access>;
  /** Nothing is remembered any more of this consent, or of this person: the exchange is asked at the next request. */
  forget(about: { readonly consent: string } | { readonly sub: string }): void;
}

/** One Resource Server: make it once per process, so that its caches and proof memory are shared by its handlers. */
export function resourceServer(options: ResourceServerOptions): ResourceServer {
  const { issuer, resource, decryptionKeys = [], proofs = processProofMemory() } = options;
  const exchange = connection(options, 3);
  const consentOf = consentCheck(exchange, options.cacheSeconds);
  const protection = ownProtectionToken(exchange);
  let keys: JWTVerifyGetKey | undefined;

  async function admitted(request: AskedRequest, need: Need, told: (client_id: string) => void): Promise<Access> {
    const { scheme, token } = presentedToken(request.authorization);
    const url = new URL(new URL(resource).origin + request.path);
    const asked = { method: request.method, url, accessToken: token };
    const proof = scheme === "bearer" ? undefined : await verifiedProof(request.dpop, asked);
    const held = proof === undefined ? await certified(request.certificate) : { jkt: proof.jkt };
    keys ??= signingKeys(await jwksUri(exchange));
    const { jws, client_id, cnf } = await verifiedToken(await opened(token, decryptionKeys), keys, {
      issuer,
      resource,
    });
    told(client_id);
    // RFC 9449 §7.1, RFC 8705 §3: whoever presents a token holds what it is bound to
    if (!isSameConfirmation(cnf, held)) throw new RefusedAccess("invalid_token", "bound to another key or certificate");
    if (proof !== undefined && !(await isFirstUse(proofs, proof)))
      throw new RefusedAccess("invalid_dpop_proof", "DPoP proof: replayed");
    const { sub, consent, authorization_details = [], ...active } = await consentOf(jws);
    if (!isSameConfirmation(active.cnf, held))
      throw new RefusedAccess("invalid_token", "introspection names another key");
    if (!covers(authorization_details, need))
      throw new RefusedAccess("insufficient_scope", "not granted", scopeFor(need));
    return { client_id, sub, authorization_details, consent };
  }

  return {
    options,
    exchange,
    protection,
    forget: consentOf.forget,
    async admit(request, need) {
      let client_id: string | undefined;
      try {
        return await admitted(request, need, (told) => {
          client_id = told;
        });
      } catch (refusal) {
        if (refusal instanceof RefusedAccess) {
          refusal.client_id = client_id;
          if (isPermissions(need)) await offer(refusal, need, { options, exchange, protection });
          options.onRefusal?.(refusal);
        }
        throw refusal;
      }
    },
  };
}

/** RFC 9449 §7.1, RFC 6750 §2.1: one scheme, one token. A token anywhere else in the request is not looked for. */
function presentedToken(authorization: string | null): { scheme: "dpop" | "bearer"; token: string } {
  if (authorization === null) throw new RefusedAccess(undefined, "no credentials");
  const [, scheme = "", token] = /^(DPoP|Bearer) +(\S+)$/i.exec(authorization) ?? [];
  if (token === undefined) throw new RefusedAccess("invalid_token", "not one token of scheme DPoP or Bearer");
  return { scheme: scheme.toLowerCase() === "dpop" ? "dpop" : "bearer", token };
}

/** RFC 8705 §3: a token presented as Bearer is one bound to a certificate. */
async function certified(certificate: string | undefined): Promise<Confirmation> {
  const thumbprint = certificate === undefined ? undefined : await thumbprintOf(certificate);
  if (thumbprint === undefined) throw new RefusedAccess("invalid_token", "a bearer token without a client certificate");
  return { "x5t#S256": thumbprint };
}

async function jwksUri(exchange: () => Promise<Exchange>): Promise<string> {
  try {
    const { jwks_uri } = (await exchange()).serverMetadata();
    if (jwks_uri === undefined) throw new Error("no jwks_uri");
    return jwks_uri;
  } catch (failure) {
    throw new RefusedAccess("temporarily_unavailable", `metadata of the exchange: ${failure}`);
  }
}
