import type { TokenType } from "./confirmation.ts";

/** Form or query parameters, each at most once and never empty (RFC 6749 §3.2); of `resource` all, space-delimited (RFC 8707 §2). */
export type Parameters = ReadonlyMap<string, string>;

export const grantType = {
  authorization_code: "authorization_code", // RFC 6749 §4.1
  ciba: "urn:openid:params:grant-type:ciba", // CIBA Core §4
  client_credentials: "client_credentials", // RFC 6749 §4.4
  refresh_token: "refresh_token", // RFC 6749 §6
  uma_ticket: "urn:ietf:params:oauth:grant-type:uma-ticket", // UMA Grant §3.3.1
} as const;

/** Grant Management §6.1: what opens its endpoint. */
export const grantManagementScopes: readonly string[] = ["grant_management_query", "grant_management_revoke"];

/** RFC 7523 §2.2. */
export const CLIENT_ASSERTION_JWT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** FAPI 2.0 §5.4: what we accept in signatures of Clients and proofs. Pinned here, never read from a header. */
export const signingAlgorithms = ["ES256", "PS256", "EdDSA", "Ed25519"] as const;

export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: TokenType;
  /** Seconds. */
  readonly expires_in: number;
  readonly scope?: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  /** Grant Management §5.5. */
  readonly grant_id?: string;
  /** UMA Grant §3.3.5: who the requesting party is, for the next process. */
  readonly pct?: string;
  /** UMA Grant §3.3.5.1. */
  readonly upgraded?: true;
  /** RFC 9396 §7: what was granted, one element per source, `locations` always present. */
  readonly authorization_details?: readonly GrantedDetail[];
}

export interface GrantedDetail {
  readonly type: string;
  readonly actions: readonly string[];
  readonly purpose: string;
  readonly locations: readonly [string];
}

/** CIBA Core §7.3. */
export interface BackchannelAuthenticationResponse {
  readonly auth_req_id: string;
  readonly expires_in: number;
  readonly interval: number;
  /** Two digits to show, of a Client registered with `fpx_number_match`. */
  readonly number?: string;
  /** RFC 8628 §3.2: beside the number, for non-textual transmission. A link of the Wallet's, to show as a QR code or to open; whoever opens it need not type the number. */
  readonly verification_uri_complete?: string;
}

/** RFC 9126 §2.2. */
export interface PushedAuthorizationResponse {
  readonly request_uri: string;
  readonly expires_in: number;
}

/** A compact JWS or JWE in its one spelling: base64url without padding or white space, so one token is one string. */
export function isCompactJws(token: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
}

export function isCompactJwe(token: string): boolean {
  return /^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
}

/** RFC 7519 §4.1.7, as it is kept in keys of ours: a whole string of at most 200. */
export function isJti(jti: unknown): jti is string {
  return typeof jti === "string" && jti.length > 0 && jti.length <= 200 && jti.isWellFormed();
}

/** Space-delimited values (RFC 6749 §3.3), duplicates removed. */
export function tokens(list: string | undefined): readonly string[] {
  return [...new Set((list ?? "").split(" ").filter((token) => token !== ""))];
}
