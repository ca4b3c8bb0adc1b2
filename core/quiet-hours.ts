import type { QuietHours } from "../protocol/settings.ts";
import { type Exchange, now } from "./exchange.ts";

/** UX-36: whether nothing may ring that the person did not start themselves. */
export async function isQuietFor(as: Pick<Exchange, "registry" | "nowMs">, personId: string): Promise<boolean> {
  const quietHours = (await as.registry.person(personId))?.quietHours;
  return quietHours !== undefined && isQuiet(quietHours, now(as));
}

/** UX-36: whether it is quiet for the person now; `from` after `to` goes over midnight. The zone's own rules say what time it is there. */
export function isQuiet({ from, to, timeZone }: QuietHours, time: number): boolean {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const clock = format.format(time * 1_000);
  return from < to ? from <= clock && clock < to : from <= clock || clock < to;
}
