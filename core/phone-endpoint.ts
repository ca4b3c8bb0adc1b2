import { sha256 } from "../protocol/canonical-json.ts";
import type { Attempted } from "./delivery.ts";
import { type Exchange, now } from "./exchange.ts";
import type { Device } from "./person.ts";
import { rewritten } from "./rewritten.ts";
import { withRung } from "./rung.ts";

/** What SNS keeps of phones: an endpoint each, with its token. */
export interface PhoneEndpoints {
  /** `disabled`: its platform does not know the token any more. */
  state(endpointArn: string): Promise<"enabled" | "disabled" | "gone">;
  /** Idempotent. */
  remove(endpointArn: string): Promise<void>;
  /** Every endpoint of every platform application, a page at a time. */
  pages(): AsyncIterable<readonly { readonly endpointArn: string; readonly enabled: boolean }[]>;
}

export type Mending = Pick<Exchange, "records" | "nowMs"> & { readonly phoneEndpoints: PhoneEndpoints };

/** A phone's device record is found by its endpoint: SNS has one for each token, so a token belongs to one person (UX-58). */
export function phoneId(endpointArn: string): Promise<string> {
  return sha256(endpointArn);
}

/** SNS says that something happened to an endpoint (UX-57); what, it is asked itself. A push it could not deliver though the phone is there is noted for the person to see. */
export async function endpointHeard(as: Mending, endpointArn: string): Promise<Attempted> {
  if ((await as.phoneEndpoints.state(endpointArn)) !== "enabled") return forgotten(as, endpointArn);
  const at = now(as);
  await rewritten<Device>(as.records.devices, await phoneId(endpointArn), (device) => {
    const [last] = device?.rung ?? [];
    return device && last && withRung(device, { ...last, at, result: "refused" });
  });
  return "refused";
}

/** The day's look (UX-57): endpoints that are disabled, and those no device is known of any more, say because it expired (UX-55). */
export async function mendEndpoints(as: Mending): Promise<number> {
  let gone = 0;
  for await (const page of as.phoneEndpoints.pages()) {
    const looked = await Promise.all(
      page.map(async ({ endpointArn, enabled }) => {
        if (enabled && (await as.records.devices.find(await phoneId(endpointArn))) !== undefined) return false;
        await forgotten(as, endpointArn);
        return true;
      }),
    );
    gone += looked.filter(Boolean).length;
  }
  return gone;
}

/** The phone is no device any more, and its token is kept nowhere. */
async function forgotten(as: Mending, endpointArn: string): Promise<"gone"> {
  const id = await phoneId(endpointArn);
  const stored = await as.records.devices.find(id);
  if (stored !== undefined) await as.records.devices.remove(id, stored);
  await as.phoneEndpoints.remove(endpointArn);
  return "gone";
}
