import type { Parameters, TokenResponse } from "../../protocol/oauth.ts";
import type { DpopProof } from "../dpop.ts";
import type { Exchange } from "../exchange.ts";
import type { Party } from "../party.ts";

/** A token request whose Client is authenticated and whose proof verified. */
export interface GrantRequest {
  readonly party: Party;
  readonly parameters: Parameters;
  readonly proof: DpopProof;
  /** When the gateway took it, in milliseconds. */
  readonly receivedAtMs: number;
}

export type Grant = (as: Exchange, request: GrantRequest) => Promise<TokenResponse>;
