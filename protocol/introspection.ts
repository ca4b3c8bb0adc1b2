import type { Confirmation, TokenType } from "./confirmation.ts";
import type { GrantedDetail } from "./oauth.ts";
import type { Permission } from "./uma.ts";

/** RFC 7662 §2.2; `authorization_details` by RFC 9396 §9.2, reduced to the Resource Server that asks; `resource_ids` are its own names under each detail. */
export type IntrospectionResponse = { readonly active: false } | ActiveToken;

export interface ActiveToken {
  readonly active: true;
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
  readonly client_id: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly token_type: TokenType;
  readonly cnf: Confirmation;
  readonly scope?: string;
  /** UMA FedAuthz §5.1.1: for who asks with a PAT, in the place of `scope`. */
  readonly permissions?: readonly (Permission & { readonly exp: number })[];
  readonly consent?: string;
  readonly authorization_details?: readonly (GrantedDetail & { readonly resource_ids: readonly string[] })[];
}
