import type { DeliveryQueue } from "./delivery.ts";
import { type Exchange, now } from "./exchange.ts";
import { isForgotten, type Phone } from "./person.ts";
import { type PushSender, phoneRung } from "./phone-push.ts";
import { queued, type Ring } from "./push.ts";
import { noted, rangAbout } from "./rung.ts";
import type { Stored } from "./store.ts";

/** What ringing needs of the exchange. */
export interface Ringing extends Pick<Exchange, "region" | "sealingKeys" | "records" | "nowMs"> {
  readonly push: PushSender;
  readonly deliveries: DeliveryQueue;
}

/**
 * Rings every device of a person: phones by their platform at once, browsers by the queue, for their push services are strangers' endpoints. Push is a hint and
 * the inbox has it anyway, so nothing here fails because a device is gone or its platform is out of order. A `c` goes only where it rang before. Whether it is
 * quiet for the person is the caller's to ask (`core/quiet-hours.ts`).
 * @returns how many devices it went to
 */
export async function ringPerson(as: Ringing, personId: string, ring: Ring): Promise<number> {
  const devices = await as.records.find.ofPerson(personId, "device");
  const rung = await Promise.all(devices.map((device) => ringDevice(as, personId, ring, device)));
  return rung.filter(Boolean).length;
}

async function ringDevice(as: Ringing, personId: string, ring: Ring, deviceId: string): Promise<boolean> {
  const stored = await as.records.devices.find(deviceId);
  if (stored?.value.personId !== personId) return false;
  const device = stored.value;
  if (isForgotten(device, now(as))) {
    await as.records.devices.remove(deviceId, stored);
    return false;
  }
  if (ring.t === "c" && !rangAbout(device, ring.which)) return false;
  if (device.platform === "WEB") {
    await as.deliveries.send({ kind: "web-push", id: queued(ring, deviceId), party: device.pushService });
    return true;
  }
  return ringPhone(as, { ...stored, value: device }, ring, deviceId);
}

/** One phone's platform out of order must not hold up what else follows from the record: it is tried again from the queue (operations C4). */
async function ringPhone(as: Ringing, stored: Stored<Phone>, ring: Ring, deviceId: string): Promise<boolean> {
  try {
    return (await phoneRung(as, stored, ring, deviceId)) === "delivered";
  } catch {
    await as.deliveries.send({ kind: "phone-push", id: queued(ring, deviceId), party: stored.value.platform });
    await noted(as, deviceId, stored.value.personId, { which: ring.which, at: now(as), result: "failed" });
    return true;
  }
}
