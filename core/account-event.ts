import type { Person } from "./person.ts";
import { KEPT } from "./uses.ts";

/** A step that changed who gets into an account; it stands on the Person, written by the step itself. */
export interface AccountEvent {
  readonly at: number;
  readonly what:
    | "passkey_removed"
    | "device_removed"
    | "session_ended"
    | "signed_out_elsewhere"
    | "recovery_code_made"
    | "recovery_asked"
    | "recovery_stopped"
    | "recovered";
  /** What the passkey, device or browser was called. */
  readonly device?: string | undefined;
  /** Of what is gone with its record: since when it was there. */
  readonly since?: number | undefined;
}

/** So many of each kind: whoever can do one thing often pushes nothing else out, and the record stays small. */
const OF_EACH = 5;

/** The person with this noted, newest first. */
export function noted(person: Person, event: AccountEvent): Person {
  const { happened = [] } = person;
  const same = happened.filter(({ what }) => what === event.what).slice(OF_EACH - 1);
  return { ...person, happened: [event, ...standing(happened, event.at).filter((one) => !same.includes(one))] };
}

/** What happened in the last 13 months. */
export function standing(happened: readonly AccountEvent[], time: number): readonly AccountEvent[] {
  return happened.filter(({ at }) => time < at + KEPT);
}
