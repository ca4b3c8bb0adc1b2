import type { Told } from "./commands.ts";
import { type FailedEvent, type FailedEventsPlace, failedEvents, redriven } from "./failed-events.ts";
import { Mistake } from "./mistake.ts";

type Step = (place: FailedEventsPlace) => Promise<Told>;

/** What `fpx failed-events …` means; nothing where there is no such command. */
export function failedEventsStep([verb, key, ...more]: readonly string[]): Step | undefined {
  if (more.length > 0) return undefined;
  if (verb === "redrive") return (place) => redriveAll(place, key);
  return verb === "list" && key === undefined ? list : undefined;
}

async function list(place: FailedEventsPlace): Promise<Told> {
  const all = await failedEvents(place);
  return { text: all.map(lineOf).join("\n") || NONE, json: all };
}

/** One that stays does not keep the others. @throws {Mistake} that says what stays, and why. */
async function redriveAll(place: FailedEventsPlace, only: string | undefined): Promise<Told> {
  const keys = only === undefined ? (await failedEvents(place)).map(({ key }) => key) : [only];
  const staying: string[] = [];
  for (const key of keys) {
    const outcome = await redriven(place, key);
    if (outcome !== "taken") staying.push(`${key}: ${outcome.stays}`);
  }
  const taken = keys.length - staying.length;
  if (staying.length > 0)
    throw new Mistake(`${taken} of ${keys.length} delivered; these stay in the bucket:\n${staying.join("\n")}`);
  return { text: taken === 0 ? NONE : `Delivered: ${taken} of ${taken}`, json: { delivered: taken } };
}

const NONE = "Nothing is in the bucket.";

const lineOf = ({ at, condition, attempts, records, key }: FailedEvent) =>
  `${at}  ${condition} after ${attempts}  ${[...counted(records)].map(([name, count]) => `${count} × ${name}`).join(", ")}  ${key}`;

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
