import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Consent } from "../../core/consent.ts";
import { isQuiet, quietUntil } from "../../core/quiet-hours.ts";
import { madeWay, passedOver, putOff, remindAt, reminded } from "../../core/reminder.ts";

const DAY = 86_400;
const of = (life: number, more: Partial<Consent> = {}): Consent =>
  ({
    state: "active",
    decidedAt: 60,
    endsAt: life * DAY,
    terms: { details: [{}] },
    transitions: [],
    ...more,
  }) as unknown as Consent;

/** The days on which the person is reminded, each time at once. */
function days(consent: Consent): number[] {
  const at = remindAt(consent);
  return at === undefined ? [] : [Math.round(at / DAY), ...days(reminded(madeWay(consent), at))];
}

describe("UX-17 when a person is reminded", () => {
  test.each([
    [1, []],
    [7, [6]],
    [14, [13]],
    [30, [16, 29]],
    [90, [76, 89]],
    [104, [90, 103]],
    [105, [90, 91, 104]],
    [365, [90, 180, 270, 351, 364]],
  ])("UX-17 of a consent of %i days, on the days %j", (life, expected) => {
    expect(days(of(life))).toEqual(expected);
  });

  test("UX-17 never of a sign-in, of what is over, or while a change waits for an answer", () => {
    expect(remindAt(of(365, { terms: { details: [] } }))).toBeUndefined();
    for (const state of ["ended", "declined", "requested"] as const)
      expect(remindAt(of(365, { state }))).toBeUndefined();
    expect(remindAt(of(365, { proposal: {} as NonNullable<Consent["proposal"]> }))).toBeUndefined();
    expect(remindAt(of(365, { state: "paused" }))).toBe(60 + 90 * DAY);
  });

  test("UX-17 whatever became of one, the next is later, before the end, and there is a last", () => {
    const step = fc.constantFrom("reminded", "passed over", "put off");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 800 }), fc.array(step, { minLength: 20, maxLength: 20 }), (life, steps) => {
        let consent = of(life);
        let last = 0;
        for (const what of steps) {
          const at = remindAt(consent);
          if (at === undefined) return true;
          if (at <= last || (at >= (consent.endsAt ?? 0) && consent.reminder?.later === undefined)) return false;
          last = at;
          if (what === "put off") consent = putOff(consent, at + 3_600);
          else consent = what === "reminded" ? reminded(consent, at) : passedOver(consent, at);
        }
        return true;
      }),
    );
  });
});

describe("UX-36 the end of quiet hours", () => {
  test.each([
    ["22:00", "07:00", "UTC"],
    ["00:00", "06:30", "America/Toronto"],
    ["13:15", "14:00", "Asia/Kolkata"],
  ])("UX-36 of %s to %s in %s is later, loud, and less than a day away", (from, to, timeZone) => {
    const quiet = { from, to, timeZone };
    for (let minute = 0; minute < 2_880; minute += 7) {
      const time = 1_790_000_000 + minute * 60 + 13;
      if (!isQuiet(quiet, time)) continue;
      const until = quietUntil(quiet, time);
      expect(until).toBeGreaterThan(time);
      expect(until - time).toBeLessThan(DAY);
      expect(isQuiet(quiet, until)).toBe(false);
      expect(isQuiet(quiet, until - 1)).toBe(true);
    }
  });
});
