import { eventEndpoint, RefusedEvent } from "../security-event.ts";
import type { ResourceServer } from "./resource-server.ts";

/** What ended, by our own names; seconds since the epoch. */
export type Ended =
  /** A consent, by the `consent` of its accesses. */
  | { readonly consent: string; readonly at: number }
  /** Every consent of a person who disconnected us, by the `resource_owner` of `/rreg`: nothing of theirs is registered any more. */
  | { readonly resource_owner: string; readonly at: number };

/**
 * A handler for the `security_event_endpoint` of our registration: what the exchange says has ended is refused from now on, without waiting for "active"
 * to be asked again. That holds for this process: others notice as they do without being told.
 *
 * @param act what else is to be done; when it fails the exchange says it again
 * @see RFC 8935 §2
 */
export function toldWhatEnded(
  server: ResourceServer,
  act: (ended: Ended) => void | Promise<void> = () => {},
  onRefusal?: (refusal: RefusedEvent) => void,
): (request: Request) => Promise<Response> {
  const { issuer, client_id } = server.options;
  return eventEndpoint({ issuer, client_id, exchange: server.exchange, onRefusal }, async ({ sub_id, toe: at }) => {
    if (sub_id.format === "iss_sub" && sub_id.iss !== issuer)
      throw new RefusedEvent("invalid_request", "a subject of another issuer");
    server.forget(sub_id.format === "opaque" ? { consent: sub_id.id } : { sub: sub_id.sub });
    await act(sub_id.format === "opaque" ? { consent: sub_id.id, at } : { resource_owner: sub_id.sub, at });
  });
}
