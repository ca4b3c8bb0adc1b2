import type { Parameters, TokenResponse } from "../../protocol/oauth.ts";
import type { Binding } from "../binding.ts";
import type { Exchange } from "../exchange.ts";
import type { Party } from "../party.ts";

/** A token request whose Client is authenticated and showed what it holds. */
export interface GrantRequest {
  readonly party: Party;
  readonly parameters: Parameters;
  /** What its tokens are bound to. */
  readonly cnf: Binding;
  /** When the gateway took it, in milliseconds. */
  readonly receivedAtMs: number;
}

export type Grant = (as: Exchange, request: GrantRequest) => Promise<TokenResponse>;
