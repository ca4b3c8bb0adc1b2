import { effects } from "../core/effects.ts";
import { exchange } from "./ports.ts";
import { pushSender } from "./push-ports.ts";
import { deliveryQueue } from "./queue-ports.ts";
import { streamFunction } from "./stream/stream-function.ts";

const as = { ...exchange(process.env), push: pushSender(), deliveries: deliveryQueue(process.env) };

export const handler = streamFunction({
  follow: (name) => {
    const effect = effects[name];
    return effect && ((id) => effect(as, id));
  },
  putOff: (name, id) => as.deliveries.send({ kind: "follow-up", id: `${name} ${id}`, party: id }),
});
