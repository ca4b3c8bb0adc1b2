import { answerWeighed, consentApproved, consentRequested, requestReceived } from "../core/notify.ts";
import { consentAnswered } from "../core/ping.ts";
import { consentEnded, sourceUnlinked } from "../core/security-event.ts";
import { exchange } from "./ports.ts";
import { pushSender } from "./push-ports.ts";
import { deliveryQueue } from "./queue-ports.ts";
import { streamFunction } from "./stream/stream-function.ts";

const as = { ...exchange(process.env), push: pushSender(), deliveries: deliveryQueue(process.env) };

const answered = async (id: string) => `${await answerWeighed(as, id)}, ${await consentAnswered(as, id)}`;

export const handler = streamFunction({
  "request received": (id) => requestReceived(as, id),
  "consent requested": (id) => consentRequested(as, id),
  "consent proposed": (id) => consentRequested(as, id),
  "consent active": async (id) => `${await consentApproved(as, id)}, ${await answered(id)}`,
  "consent paused": (id) => answered(id),
  "consent declined": (id) => answered(id),
  "consent ended": async (id) => `${await consentAnswered(as, id)}, ${await consentEnded(as, id)} to tell`,
  "link unlinked": (id) => sourceUnlinked(as, id),
});
