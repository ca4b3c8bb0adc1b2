import type { ActivityEntry } from "../../protocol/wallet-activity.ts";
import { type AccountEvent, standing } from "../account-event.ts";
import { type Exchange, now } from "../exchange.ts";
import type { Device, Passkey, Person } from "../person.ts";
import type { SignIn } from "../sign-ins.ts";
import { dayOf, KEPT } from "../uses.ts";

type Reading = Pick<Exchange, "records" | "nowMs">;

/** What happened to the account itself: who got in, by what, and what rings. */
export async function activityOfAccount(as: Reading, personId: string): Promise<readonly ActivityEntry[]> {
  const [person, passkeys, devices, signIns] = await Promise.all([
    as.records.people.find(personId),
    as.records.find.everyOfPerson(personId, "passkey"),
    as.records.find.everyOfPerson(personId, "device"),
    as.records.signIns.since(personId, now(as) - KEPT),
  ]);
  const found = await Promise.all([
    ...passkeys.map(async (id) => ofPasskey(personId, (await as.records.passkeys.find(id))?.value)),
    ...devices.map(async (id) => ofDevice(personId, (await as.records.devices.find(id))?.value)),
  ]);
  return [...(person === undefined ? [] : ofPerson(person.value, now(as))), ...found.flat(), ...ofSignIns(signIns)];
}

function ofPerson({ createdAt, happened = [] }: Person, time: number): ActivityEntry[] {
  return [{ at: createdAt, what: "account_made" }, ...standing(happened, time).flatMap(ofEvent)];
}

/** What is gone took the record with it that said since when it was there. */
function ofEvent({ at, what, device, since }: AccountEvent): ActivityEntry[] {
  const about = device === undefined ? {} : { device };
  const gone: ActivityEntry = { at, what, ...about };
  if (since === undefined) return [gone];
  return [gone, { at: since, what: what === "passkey_removed" ? "passkey_made" : "device_added", ...about }];
}

function ofPasskey(personId: string, passkey: Passkey | undefined): ActivityEntry[] {
  if (passkey?.personId !== personId) return [];
  const { createdAt, name } = passkey;
  return [{ at: createdAt, what: "passkey_made", ...(name !== undefined && { device: name }) }];
}

function ofDevice(personId: string, device: Device | undefined): ActivityEntry[] {
  if (device?.personId !== personId) return [];
  const { addedAt, described, name = described } = device;
  return [{ at: addedAt, what: "device_added", ...(name !== undefined && { device: name }) }];
}

/** Those of one day and one browser are counted; the first of a browser that was not seen in 13 months is told apart. */
function ofSignIns(newestFirst: readonly SignIn[]): ActivityEntry[] {
  const seen = new Set<string | undefined>();
  const days = new Map<string, ActivityEntry>();
  const first: ActivityEntry[] = [];
  for (const { at, described, by } of newestFirst.toReversed()) {
    const about = described === undefined ? {} : { device: described };
    const isNew = !seen.has(described);
    seen.add(described);
    if (by !== undefined) continue;
    if (isNew) {
      first.push({ at, what: "signed_in_first", ...about });
      continue;
    }
    const day = `${dayOf(at)} ${described}`;
    days.set(day, { at, what: "signed_in", times: (days.get(day)?.times ?? 0) + 1, ...about });
  }
  return [...first, ...days.values()];
}
