import type { Pictured } from "./logo.ts";
import type { Onward } from "./wallet.ts";

/** `GET /wallet/claims/{handle}`: a Client of somebody else's data wants to know who uses it (UMA Grant §3.3.2). */
export interface ClaimsView extends Pictured {
  readonly client: string;
  readonly source: string;
  /** Whether it is the signed-in person's own data. */
  readonly owner: boolean;
  /** What the owner will be told. */
  readonly name: string;
}

/** `POST /wallet/claims/{handle}` (no body): the id of the request to answer, for the owner; else where to go on. `POST …/refuse` → `Onward`. 410 taken: another person began it. */
export interface TakenClaims extends Onward {
  readonly id?: string;
}
