import { TOKENS_REVOKED } from "../../protocol/security-event.ts";
import type { Exchange, Party } from "../exchange.ts";
import { eventEndpoint, RefusedEvent } from "../security-event.ts";

/** A consent of this person ended; which of their agreements that was, the next token tells (`Refusal`, outcome `ended`). */
export interface EndedConsent {
  /** The person, as in the agreement. */
  readonly sub: string;
  /** Seconds since the epoch. It may have been a while: they may have agreed anew since. */
  readonly at: number;
  /** They stopped it themselves; otherwise its time was over. */
  readonly withdrawn: boolean;
}

/**
 * A handler for the `security_event_endpoint` of our registration.
 *
 * @param act when it fails the exchange says it again
 * @see RFC 8935 §2
 */
export function toldWhoWithdrew(
  { issuer, client_id }: Pick<Party, "issuer" | "client_id">,
  exchange: () => Promise<Exchange>,
  act: (ended: EndedConsent) => void | Promise<void>,
  onRefusal?: (refusal: RefusedEvent) => void,
): (request: Request) => Promise<Response> {
  return eventEndpoint({ issuer, client_id, exchange, onRefusal }, async ({ sub_id, toe: at, events }) => {
    if (sub_id.format !== "iss_sub" || sub_id.iss !== issuer)
      throw new RefusedEvent("invalid_request", "not about a person we know");
    await act({ sub: sub_id.sub, at, withdrawn: events[TOKENS_REVOKED]?.initiating_entity === "user" });
  });
}
