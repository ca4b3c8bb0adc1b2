import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { USER_CODE } from "../../protocol/settings.ts";
import { grouped, spelled } from "../../wallet/words/code.ts";
import {
  clock,
  clockFace,
  clockTime,
  day,
  partOfDay,
  placeOf,
  shortDay,
  since,
  zoneWords,
} from "../../wallet/words/dates.ts";
import { durationWords } from "../../wallet/words/duration.ts";
import { initials } from "../../wallet/words/initials.ts";
import { list } from "../../wallet/words/list.ts";
import { deviceWords } from "../../wallet/words/this-device.ts";
import { markPassed, timeLeftWords } from "../../wallet/words/time-left.ts";
import { userCodeFits } from "../../wallet/words/user-code.ts";
import { walletNameFits } from "../../wallet/words/wallet-name.ts";

const at = (iso: string) => Date.parse(iso) / 1_000;

beforeEach(() => vi.stubEnv("TZ", "America/Toronto"));
afterEach(() => vi.unstubAllEnvs());

test.each([
  ["P90D", "90 days"],
  ["P1D", "1 day"],
  ["P1Y", "1 year"],
  ["P6M", "6 months"],
  ["P2W", "2 weeks"],
  ["PT1H", "1 hour"],
  ["P1DT12H", "1 day, 12 hours"],
])("UX-05 the duration %s is %s", (duration, expected) => expect(durationWords(duration, "en")).toBe(expected));

test.each([
  [-3, undefined],
  [0, undefined],
  [1, "1 second"],
  [20, "20 seconds"],
  [21, "1 minute"],
  [60, "1 minute"],
  [61, "2 minutes"],
  [900, "15 minutes"],
  [7_200, "2 hours"],
  [3 * 86_400, "3 days"],
])("UX-38 %i seconds left are %s", (left, expected) => expect(timeLeftWords(left, "en")).toBe(expected));

test.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:147.0) Gecko/20100101 Firefox/147.0", "Firefox, Windows"],
  [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
    "Chrome, Linux",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Safari/537.36 Edg/143.0",
    "Edge, Windows",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
    "Safari, Mac",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/143.0 Mobile/15E148 Safari/604.1",
    "Chrome, iPhone",
  ],
  [
    "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36",
    "Chrome, Android",
  ],
])("a browser describes itself in words a person knows: %s", (agent, words) => {
  expect(deviceWords(agent)).toBe(words);
  expect(deviceWords(agent, "Navigator")).toBe(`Navigator, ${words.split(", ")[1]}`);
});
test("of a browser that says nothing known, nothing is made up", () => expect(deviceWords("curl/8")).toBe(""));

test("WCAG 4.1.3 time left is said at minutes and at twenty seconds, not each second", () => {
  const said = Array.from({ length: 901 }, (_, second) => markPassed(901 - second, 900 - second));
  expect(said.filter((mark) => mark !== undefined)).toEqual([600, 300, 120, 60, 20]);
  expect(markPassed(700, 40)).toBe(60);
  expect(markPassed(30, 0)).toBeUndefined();
});

test("A6 dates are the person's own, in their zone", () => {
  expect(day(at("2026-12-24T03:00:00Z"), "en-GB")).toBe("23\u00a0December\u00a02026");
  expect(shortDay(at("2027-02-02T12:00:00Z"), at("2026-11-23T12:00:00Z"), "en-GB")).toBe("2 Feb 2027");
  expect(shortDay(at("2026-12-02T12:00:00Z"), at("2026-11-23T12:00:00Z"), "en-GB")).toBe("2 Dec");
  expect(clockFace(at("2026-11-23T19:05:00Z"), "en-US")).toBe("2:05");
});

test("A6 in French the first is 1er, hours are h, and a date or a time stays on one line", () => {
  expect(day(at("2026-12-01T15:00:00Z"), "fr-CA")).toBe("1er\u00a0décembre\u00a02026");
  expect(day(at("2026-12-21T15:00:00Z"), "fr-CA")).toBe("21\u00a0décembre\u00a02026");
  expect(day(at("2026-12-01T15:00:00Z"), "en-CA")).toMatch(/^December\u00a01,/);
  expect(clock(at("2026-12-01T20:05:00Z"), "fr-CA")).toBe("15\u00a0h\u00a005");
  expect(durationWords("P90D", "fr-CA")).toMatch(/^90\sjours$/);
  expect(timeLeftWords(61, "fr-CA")).toMatch(/^2\sminutes$/);
  expect(since(at("2026-11-22T15:00:00Z"), at("2026-11-23T15:00:00Z"), "fr-CA").words).toBe("hier");
  expect(list(["A", "B", "C"], "fr-CA")).toBe("A, B et C");
});

test("since when: days for two weeks, then the month", () => {
  const now = at("2026-11-23T15:00:00Z");
  expect(since(at("2026-11-23T14:00:00Z"), now, "en")).toEqual({ recent: true, words: "today" });
  expect(since(at("2026-11-22T15:00:00Z"), now, "en")).toEqual({ recent: true, words: "yesterday" });
  expect(since(at("2026-11-20T15:00:00Z"), now, "en")).toEqual({ recent: true, words: "3 days ago" });
  expect(since(at("2025-05-03T15:00:00Z"), now, "en")).toEqual({ recent: false, words: "May 2025" });
});

test("the greeting fits the hour on the person's clock", () => {
  expect(partOfDay(at("2026-11-23T12:00:00Z"))).toBe("morning");
  expect(partOfDay(at("2026-11-23T19:00:00Z"))).toBe("afternoon");
  expect(partOfDay(at("2026-11-24T03:00:00Z"))).toBe("evening");
});

test("a one-time code stands in two groups, and is spelled for the ear", () => {
  expect(grouped("K7QF-2M9P")).toEqual(["K7QF", "2M9P"]);
  expect(grouped("k7qf2m9p")).toEqual(["K7QF", "2M9P"]);
  expect(spelled("K7QF-2M9P")).toBe("K 7 Q F, 2 M 9 P");
});

test("initials stand for a name", () => {
  expect(initials("My Immunizations")).toBe("MI");
  expect(initials("June")).toBe("J");
  expect(initials("Élodie – d’Arc")).toBe("ÉD");
});

test.each([
  ["june.heron", true],
  ["jun", true],
  ["ju", false],
  ["-june", false],
  ["June", false],
])("the Wallet name %s fits: %s", (name, fits) => expect(walletNameFits(name)).toBe(fits));

test("UX-36 quiet hours are told by the clock and the place people know", () => {
  expect(clockTime("22:00", "en")).toMatch(/^10:00\sPM$/);
  expect(clockTime("07:30", "en-CA")).toMatch(/^7:30/);
  expect(placeOf("America/Port_of_Spain")).toBe("Port of Spain");
  expect(placeOf("UTC")).toBe("UTC");
  expect(zoneWords("America/Port_of_Spain", "en-CA")).toBe("Port of Spain");
  expect(zoneWords("UTC", "en-CA")).toBe("Coordinated Universal Time");
  expect(zoneWords("Etc/UTC", "fr-CA")).toBe("temps universel coordonné");
});

test("CIBA Core §7.1 the Wallet takes the codes the exchange takes", () => {
  for (const code of ["1234", "tulip-77", "!", "abc", "a b c d", "é1234", "x".repeat(32), "x".repeat(33)])
    expect(userCodeFits(code), code).toBe(USER_CODE.test(code));
});
