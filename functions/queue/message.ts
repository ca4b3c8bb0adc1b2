import * as v from "valibot";
import { type DeliveryKind, deliveries } from "../../core/delivery.ts";

/** What the exchange itself put there. */
const Delivery = v.strictObject({ kind: v.picklist(Object.keys(deliveries) as DeliveryKind[]), id: v.string() });

/** What SNS put there: an event of a platform application, as its documentation calls it, delivered raw. */
const EndpointEvent = v.pipe(
  v.looseObject({ EventType: v.string(), EndpointArn: v.string() }),
  v.transform(({ EndpointArn }) => ({ kind: "endpoint-event" as const, id: EndpointArn })),
);

const Message = v.union([Delivery, EndpointEvent]);

/** A message of the deliveries' queue: its kind, and the id its attempt gets. */
export function delivery(body: string): { readonly kind: DeliveryKind; readonly id: string } {
  return v.parse(Message, JSON.parse(body));
}
