import type { Device, Rung } from "./person.ts";
import type { Records } from "./records.ts";
import { rewritten } from "./rewritten.ts";

/** Enough for what may wait at one time: a request a Client, and few Clients ask at once (UX-36). */
const KEPT = 4;

/** The device as one more ring leaves it, or undefined if it is noted already. */
export function withRung<D extends Device>(device: D, rung: Rung): D | undefined {
  const { rung: before = [] } = device;
  const known = before.find(({ which }) => which === rung.which);
  if (known?.result === rung.result) return undefined;
  const others = before.filter(({ which }) => which !== rung.which);
  return { ...device, rung: [rung, ...others].slice(0, KEPT) };
}

/** Whether there may be a notification of it on the device. */
export function rangAbout({ rung = [] }: Device, which: string): boolean {
  return rung.some((one) => one.which === which && one.result === "delivered");
}

/** Notes how a ring went, for the person to see and for a later clearing: a write for each ring and device, and one more when its push service comes back. */
export async function noted(
  { records }: { readonly records: Pick<Records, "devices"> },
  deviceId: string,
  personId: string,
  rung: Rung,
): Promise<void> {
  await rewritten<Device>(records.devices, deviceId, (device) =>
    device?.personId === personId ? withRung(device, rung) : undefined,
  );
}
