import type { Consent } from "./consent.ts";
import {
  answerWeighed,
  consentApproved,
  consentRequested,
  type Notifying,
  requestReceived,
  ringCleared,
} from "./notify.ts";
import { consentAnswered } from "./ping.ts";
import { recoveryAsked } from "./recovery-alarm.ts";
import { consentReminded } from "./remind.ts";
import { consentEnded, sourcesLeft, sourceUnlinked } from "./security-event.ts";

type Effect = (as: Notifying, id: string) => Promise<string | number>;
type OfConsent = (as: Notifying, consent: Consent, id: string) => Promise<string>;

const ended: OfConsent = async (as, consent, id) => `${await consentEnded(as, consent, id)} to tell`;
const left: OfConsent = async (as, consent, id) => `${await sourcesLeft(as, consent, id)} to tell`;

/** In this order, all of it from one strong read. */
const follow =
  (...steps: readonly OfConsent[]): Effect =>
  async (as, id) => {
    const consent = (await as.records.consents.find(id))?.value;
    if (consent === undefined) return "gone";
    const followed: string[] = [];
    for (const step of steps) followed.push(await step(as, consent, id));
    return followed.join(", ");
  };

/** What follows from a record's new state, `"<kind> <state>"`. Each reads the record again, and may come more than once. */
export const effects: Readonly<Record<string, Effect>> = {
  "request received": requestReceived,
  "consent requested": consentRequested,
  "consent proposed": consentRequested,
  "consent active": follow(consentApproved, answerWeighed, consentAnswered, ringCleared, left),
  "consent paused": follow(answerWeighed, consentAnswered, ringCleared, left),
  "consent declined": follow(answerWeighed, consentAnswered, ringCleared),
  "consent ended": follow(consentAnswered, ringCleared, ended),
  "consent reminded": consentReminded,
  "link unlinked": sourceUnlinked,
  "person recovering": recoveryAsked,
};

/** One that failed, once more: `id` is the effect's name and the record's id. */
export async function followUp(as: Notifying, id: string): Promise<"delivered" | "nothing to tell"> {
  const at = id.lastIndexOf(" ");
  const effect = effects[id.slice(0, at)];
  if (effect === undefined) return "nothing to tell";
  await effect(as, id.slice(at + 1));
  return "delivered";
}
