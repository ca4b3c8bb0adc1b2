import { expect, test } from "vitest";
import { isQuiet } from "../../core/quiet-hours.ts";

const at = (text: string) => Date.parse(text) / 1_000;

test("UX-36 quiet hours are the person's clock, over midnight, and through the change to summer time", () => {
  const night = { from: "22:00", to: "07:00", timeZone: "America/Toronto" };
  expect(isQuiet(night, at("2026-01-15T02:59:00Z"))).toBe(false); // 21:59
  expect(isQuiet(night, at("2026-01-15T03:00:00Z"))).toBe(true); // 22:00
  expect(isQuiet(night, at("2026-01-15T05:00:00Z"))).toBe(true); // 00:00
  expect(isQuiet(night, at("2026-01-15T11:59:00Z"))).toBe(true); // 06:59
  expect(isQuiet(night, at("2026-01-15T12:00:00Z"))).toBe(false); // 07:00
  expect(isQuiet(night, at("2026-07-15T11:00:00Z"))).toBe(false); // 07:00 in summer
  expect(isQuiet({ from: "12:00", to: "14:00", timeZone: "Asia/Kolkata" }, at("2026-01-15T07:00:00Z"))).toBe(true); // 12:30
  expect(isQuiet({ from: "12:00", to: "14:00", timeZone: "Asia/Kolkata" }, at("2026-01-15T08:30:00Z"))).toBe(false); // 14:00
});
