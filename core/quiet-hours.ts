import type { QuietHours } from "../protocol/settings.ts";
import { type Exchange, now } from "./exchange.ts";

/** UX-36: whether nothing may ring that the person did not start themselves. */
export async function isQuietFor(as: Pick<Exchange, "registry" | "nowMs">, personId: string): Promise<boolean> {
  const quietHours = (await as.registry.person(personId))?.quietHours;
  return quietHours !== undefined && isQuiet(quietHours, now(as));
}

/** UX-36: whether it is quiet for the person now; `from` after `to` goes over midnight. The zone's own rules say what time it is there. */
export function isQuiet({ from, to, timeZone }: QuietHours, time: number): boolean {
  const clock = clockAt(timeZone, time);
  return from < to ? from <= clock && clock < to : from <= clock || clock < to;
}

/** When they are over, seen from within. On the two nights of the year the clocks change it may be an hour off. */
export function quietUntil({ to, timeZone }: QuietHours, time: number): number {
  const minutes = minutesOf(to) - minutesOf(clockAt(timeZone, time));
  return time - (time % 60) + ((minutes + 1_440) % 1_440) * 60;
}

function clockAt(timeZone: string, time: number): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return format.format(time * 1_000);
}

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
