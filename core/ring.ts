import { sha256 } from "../protocol/canonical-json.ts";
import type { Opened, PushData, PushKind } from "../protocol/push.ts";
import type { DeliveryQueue } from "./delivery.ts";
import type { Exchange } from "./exchange.ts";
import { handleKind } from "./handles.ts";
import { type Seal, sealedAlike, unseal } from "./seal.ts";

/** What ringing needs of the exchange. */
export interface Ringing extends Pick<Exchange, "region" | "sealingKeys" | "records"> {
  readonly push: PushSender;
  readonly deliveries: DeliveryQueue;
}

/** Sends a hint to a phone; `gone` when its platform says the device is. Of two with one `collapseId` the later replaces the earlier (UX-52). */
export interface PushSender {
  send(endpointArn: string, platform: "APNS" | "FCM", data: PushData, collapseId: string): Promise<"sent" | "gone">;
}

/** Something a person's devices ring about. Its parts have no space and no dot. */
export interface Ring {
  readonly t: PushKind;
  /** Seconds since the epoch, after which it is of no use. */
  readonly exp: number;
  /** Which screen a tap leads to, of which record: a Consent's id, or for `account` the person's. */
  readonly opens: Opened["opens"];
  readonly id: string;
  /** Tells what this is about from other things about the same record: a request's id, a reminder's time. A `c` clears what rang with the same. */
  readonly which: string;
}

/**
 * Rings every device of a person: phones by their platform at once, browsers by the queue, for their push services are strangers' endpoints. Push is a hint and
 * the inbox has it anyway, so nothing here fails because a device is gone. Whether it is quiet for the person is the caller's to ask (`core/quiet-hours.ts`).
 * @returns how many devices it went to
 */
export async function ringPerson(as: Ringing, personId: string, ring: Ring): Promise<number> {
  const devices = await as.records.find.ofPerson(personId, "device");
  const rung = await Promise.all(devices.map((device) => ringDevice(as, personId, ring, device)));
  return rung.filter((result) => result === "sent").length;
}

async function ringDevice(as: Ringing, personId: string, ring: Ring, deviceId: string): Promise<"sent" | "gone"> {
  const stored = await as.records.devices.find(deviceId);
  if (stored === undefined || stored.value.personId !== personId) return "gone";
  if (stored.value.platform === "WEB") {
    await as.deliveries.send({ kind: "web-push", id: queued(ring, deviceId), party: stored.value.pushService });
    return "sent";
  }
  const { endpointArn, platform } = stored.value;
  const data = await pushData(as, ring, deviceId);
  const result = await as.push.send(endpointArn, platform, data, await collapseId(data));
  if (result === "gone") await as.records.devices.remove(deviceId, stored);
  return result;
}

/** UX-50, N-77: the same members of every push to anybody. */
export async function pushData(as: Seal, { t, exp, opens, id, which }: Ring, deviceId: string): Promise<PushData> {
  return { v: 1, id: await sealedAlike(as, handleKind.notification, [opens, id, which, deviceId].join(".")), t, exp };
}

/** UX-52: the push's own id as far as a collapse id may be long (RFC 8030 §5.4: 32 characters), and nothing of the record's. */
export async function collapseId({ id }: PushData): Promise<string> {
  return (await sha256(id)).slice(0, 32);
}

/** What a push's id was made of, or undefined for anything else. */
export async function openedPush(as: Seal, handle: string): Promise<Pick<Ring, "opens" | "id"> | undefined> {
  const [opens, id] = (await unseal(as, handleKind.notification, handle))?.split(".") ?? [];
  return opens === undefined || id === undefined ? undefined : { opens: opens as Ring["opens"], id };
}

/** As it waits in the queue: ids and a time, nothing secret and nothing personal. */
function queued({ t, exp, opens, id, which }: Ring, deviceId: string): string {
  return [t, exp, opens, id, which, deviceId].join(" ");
}

/** A ring and its device as they waited in the queue. */
export function ringOf(waiting: string): { readonly ring: Ring; readonly deviceId: string } {
  const [t = "", exp = "", opens = "", id = "", which = "", deviceId = ""] = waiting.split(" ");
  return {
    ring: { t: t as PushKind, exp: Number(exp), opens: opens as Ring["opens"], id, which },
    deviceId,
  };
}
