import type { PushData } from "../protocol/push.ts";
import type { Attempted, Delivering } from "./delivery.ts";
import { type Exchange, now } from "./exchange.ts";
import type { Phone } from "./person.ts";
import { collapseId, personToRing, pushData, type Ring, ringOf } from "./push.ts";
import { noted } from "./rung.ts";
import type { Stored } from "./store.ts";

/** Sends a hint to a phone; `gone` when its platform says the device is. Of two with one `collapseId` the later replaces the earlier (UX-52). */
export interface PushSender {
  send(endpointArn: string, platform: "APNS" | "FCM", data: PushData, collapseId: string): Promise<"sent" | "gone">;
}

type Pushing = Pick<Exchange, "region" | "sealingKeys" | "records" | "nowMs"> & { readonly push: PushSender };

/** Another attempt to ring a phone whose platform was out of order (operations C4), `waiting` being a ring and its device. */
export async function pushToPhone(as: Delivering, waiting: string): Promise<Attempted> {
  const { ring, deviceId } = ringOf(waiting);
  const stored = await as.records.devices.find(deviceId);
  if (stored === undefined || stored.value.platform === "WEB") return "nothing to tell";
  if (stored.value.personId !== (await personToRing(as, ring))) return "nothing to tell";
  return phoneRung(as, { ...stored, value: stored.value }, ring, deviceId);
}

/** One attempt; throws while SNS is out of order. A phone that is gone is no device any more, and never a failure (design §6). */
export async function phoneRung(
  as: Pushing,
  stored: Stored<Phone>,
  ring: Ring,
  deviceId: string,
): Promise<"delivered" | "gone"> {
  const { endpointArn, platform, personId } = stored.value;
  const data = await pushData(as, ring, deviceId);
  if ((await as.push.send(endpointArn, platform, data, await collapseId(data))) === "gone") {
    await as.records.devices.remove(deviceId, stored);
    return "gone";
  }
  if (ring.t !== "c") await noted(as, deviceId, personId, { which: ring.which, at: now(as), result: "delivered" });
  return "delivered";
}
