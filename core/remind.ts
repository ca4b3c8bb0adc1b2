import type { Consent } from "./consent.ts";
import { type Exchange, now } from "./exchange.ts";
import { isQuiet, quietUntil } from "./quiet-hours.ts";
import { isReminding, madeWay, passedOver, putOff, remindAt, reminded } from "./reminder.ts";
import { type Ringing, ringPerson } from "./ring.ts";

const THREE_DAYS = 3 * 86_400;

/** UX-17: the consent as its reminder leaves it, or undefined if none is due. Each is a step of the record's own, so `dueAt` moves on with it. */
export async function remindedNow(as: Pick<Exchange, "registry">, consent: Consent, time: number) {
  const at = remindAt(consent);
  if (at === undefined || time < at) return undefined;
  const person = await as.registry.person(consent.personId);
  if (person?.status !== "active" || person.noReminders) return passedOver(consent, time);
  const { quietHours } = person;
  if (quietHours !== undefined && isQuiet(quietHours, time)) return putOff(consent, quietUntil(quietHours, time));
  return isReminding(consent) ? madeWay(consent) : reminded(consent, time);
}

/** The card waits: the person's devices ring. */
export async function consentReminded(as: Ringing & Pick<Exchange, "nowMs">, id: string): Promise<number> {
  const consent = (await as.records.consents.find(id))?.value;
  if (consent?.reminder === undefined || !isReminding(consent)) return 0;
  const { personId, endsAt = 0, reminder } = consent;
  const exp = Math.min(endsAt, reminder.since + THREE_DAYS);
  if (exp <= now(as)) return 0;
  return ringPerson(as, personId, { t: "n", exp, opens: "consent", id, which: String(reminder.since) });
}
