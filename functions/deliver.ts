import { encryptPush } from "../adapters/web-push/web-push.ts";
import { deliveries } from "../core/delivery.ts";
import { exchange, nowMs, vapidKey } from "./ports.ts";
import { phoneEndpoints, pushSender } from "./push-ports.ts";
import { queueFunction } from "./queue/queue-function.ts";
import { deliveryQueue, postponed } from "./queue-ports.ts";

const as = {
  ...exchange(process.env),
  vapidKey: vapidKey(process.env),
  encryptPush,
  push: pushSender(),
  deliveries: deliveryQueue(process.env),
  phoneEndpoints: phoneEndpoints(process.env),
};

export const handler = queueFunction({
  attempt: (kind, id) => deliveries[kind](as, id),
  postponed: postponed(process.env),
  nowMs,
});
