import type { Consent } from "../core/consent.ts";
import {
  answerWeighed,
  consentApproved,
  consentFollowed,
  consentRequested,
  requestReceived,
  ringCleared,
} from "../core/notify.ts";
import { consentAnswered } from "../core/ping.ts";
import { recoveryAsked } from "../core/recovery-alarm.ts";
import { consentReminded } from "../core/remind.ts";
import { consentEnded, sourcesLeft, sourceUnlinked } from "../core/security-event.ts";
import { exchange } from "./ports.ts";
import { pushSender } from "./push-ports.ts";
import { deliveryQueue } from "./queue-ports.ts";
import { streamFunction } from "./stream/stream-function.ts";

const as = { ...exchange(process.env), push: pushSender(), deliveries: deliveryQueue(process.env) };

const approved = (consent: Consent) => consentApproved(as, consent);
const weighed = (consent: Consent) => answerWeighed(as, consent);
const answered = (consent: Consent) => consentAnswered(as, consent);
const cleared = (consent: Consent, id: string) => ringCleared(as, consent, id);
const ended = async (consent: Consent, id: string) => `${await consentEnded(as, consent, id)} to tell`;
const left = async (consent: Consent, id: string) => `${await sourcesLeft(as, consent, id)} to tell`;
const follow =
  (...effects: Parameters<typeof consentFollowed>[2]) =>
  (id: string) =>
    consentFollowed(as, id, effects);

export const handler = streamFunction({
  "request received": (id) => requestReceived(as, id),
  "consent requested": (id) => consentRequested(as, id),
  "consent proposed": (id) => consentRequested(as, id),
  "consent reminded": (id) => consentReminded(as, id),
  "consent active": follow(approved, weighed, answered, cleared, left),
  "consent paused": follow(weighed, answered, cleared, left),
  "consent declined": follow(weighed, answered, cleared),
  "consent ended": follow(answered, cleared, ended),
  "link unlinked": (id) => sourceUnlinked(as, id),
  "person recovering": (id) => recoveryAsked(as, id),
});
