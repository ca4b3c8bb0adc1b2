import type { Exchange } from "../exchange.ts";
import { exchangeOf } from "./knock.ts";
import { type ClaimsInteraction, type Progress, progressed } from "./progress.ts";
import { Refusal } from "./refusal.ts";
import type { Presented } from "./ticket.ts";

/**
 * The browser is back, at `back`: goes on with the ticket it brings.
 *
 * @throws {Refusal} `access_denied` when they would not say who they are; what `knock` throws. Another error: not the browser that left.
 * @see UMA Grant §3.3.3, §5.1
 */
export async function finishClaims(
  exchanges: readonly Exchange[],
  back: URL,
  { issuer, ticket, state, ...wanted }: ClaimsInteraction,
  what: Pick<Presented, "scope" | "purpose" | "rpt"> = {},
): Promise<Progress> {
  const parameters = back.searchParams;
  if (parameters.getAll("state").length !== 1 || parameters.get("state") !== state)
    throw new TypeError("state is not the one that left (UMA Grant §5.1)");
  const error = parameters.get("error");
  if (error !== null) throw new Refusal(error, "at the claims interaction endpoint");
  const next = parameters.get("ticket");
  // UMA Grant §5.5
  if (next === null || next === ticket) throw new TypeError("no new ticket came back (UMA Grant §3.3.3)");
  const exchange = exchangeOf(exchanges, issuer);
  if (exchange === undefined) throw new Refusal("unknown_issuer", issuer);
  return progressed(exchange, next, wanted, what);
}
