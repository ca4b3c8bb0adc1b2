import * as v from "valibot";
import { distinguishedName } from "./distinguished-name.ts";
import { signingAlgorithms } from "./oauth.ts";

/** RFC 7523 §2.2, RFC 8705 §2, RFC 6749 §2.3.1: how a party shows who it is. */
export const authenticationMethods = [
  "private_key_jwt",
  "tls_client_auth",
  "self_signed_tls_client_auth",
  "client_secret_basic",
] as const;

/** RFC 8705 §2.1.2: by which name of its certificate a `tls_client_auth` party is known. */
export const certificateNames = [
  "tls_client_auth_subject_dn",
  "tls_client_auth_san_dns",
  "tls_client_auth_san_uri",
  "tls_client_auth_san_ip",
  "tls_client_auth_san_email",
] as const;

const name = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(500)));

/** RFC 7591 §2, RFC 8705 §2.1.2 and §3.4, RFC 9449 §5.2: how a party authenticates, and what its tokens are bound to. */
export const authenticationMembers = {
  token_endpoint_auth_method: v.optional(v.picklist(authenticationMethods), "private_key_jwt"),
  token_endpoint_auth_signing_alg: v.optional(v.picklist(signingAlgorithms)),
  tls_client_auth_subject_dn: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(500),
      v.check((text) => distinguishedName(text) !== undefined, "must be a name as RFC 4514 writes it"),
    ),
  ),
  tls_client_auth_san_dns: name,
  tls_client_auth_san_uri: name,
  tls_client_auth_san_ip: v.optional(v.pipe(v.string(), v.ip())),
  tls_client_auth_san_email: name,
  tls_client_certificate_bound_access_tokens: v.optional(v.boolean(), false),
  dpop_bound_access_tokens: v.optional(v.boolean()),
};

type Members = {
  readonly [M in keyof typeof authenticationMembers]?: v.InferOutput<(typeof authenticationMembers)[M]>;
} & { readonly jwks?: unknown; readonly jwks_uri?: unknown };

/** RFC 7591 §2: "MUST NOT both be present"; without either a party with a key could not authenticate. */
export function hasItsKeys({ token_endpoint_auth_method: method, jwks, jwks_uri }: Members): boolean {
  const byKey = method === "private_key_jwt" || method === "self_signed_tls_client_auth";
  const sets = [jwks, jwks_uri].filter((set) => set !== undefined).length;
  return byKey ? sets === 1 : sets <= 1;
}
export const ONE_KEY_SET = "exactly one of jwks and jwks_uri";

/** RFC 8705 §2.1.2: a `tls_client_auth` party "MUST use exactly one"; to others they mean nothing. */
export function hasItsName(metadata: Members): boolean {
  const names = certificateNames.filter((member) => metadata[member] !== undefined);
  return names.length === (metadata.token_endpoint_auth_method === "tls_client_auth" ? 1 : 0);
}
export const ONE_NAME = "tls_client_auth goes with exactly one of the tls_client_auth_ members";

/** Tokens are bound to a key unless something else is said (FAPI 2.0 §5.3.2.1). */
export function withBinding<T extends Members>(metadata: T): T & { readonly dpop_bound_access_tokens: boolean } {
  const { dpop_bound_access_tokens: key, tls_client_certificate_bound_access_tokens: certificate } = metadata;
  return { ...metadata, dpop_bound_access_tokens: key ?? !certificate };
}

export function bindings(metadata: Members): number {
  const { dpop_bound_access_tokens: key, tls_client_certificate_bound_access_tokens: certificate } = metadata;
  return (key ? 1 : 0) + (certificate ? 1 : 0);
}
