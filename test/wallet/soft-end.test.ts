import { expect, test } from "vitest";
import { softEndFrom, stageOf } from "../../wallet/request/soft-end.ts";

test("UX-38 a request is read for 300 s, or until the hard end told to the app if that is sooner", () => {
  expect(softEndFrom(1_000, 2_000)).toBe(1_300);
  expect(softEndFrom(1_000, 1_200)).toBe(1_200);
});

test.each([
  [0, "reading"],
  [279, "reading"],
  [280, "soon"],
  [299, "soon"],
  [300, "paused"],
  [899, "paused"],
  [900, "over"],
])("UX-38 WCAG 2.2.1 after %i s of a reading that nobody goes on with, of 900 told to the app: %s", (now, stage) => {
  expect(stageOf(now, 300, 900)).toBe(stage);
});

test.each([
  [879, "reading"],
  [880, "last"],
  [899, "last"],
  [900, "over"],
])("UX-38 where the two ends are one there is no more to give: after %i s of 900: %s", (now, stage) => {
  expect(stageOf(now, 900, 900)).toBe(stage);
});

test("UX-38 one press at each warning reaches the hard end of a day, and never goes past it", () => {
  const hardEnd = 86_400;
  let softEnd = softEndFrom(0, hardEnd);
  while (softEnd < hardEnd) {
    expect(stageOf(softEnd - 20, softEnd, hardEnd)).toBe("soon");
    softEnd = softEndFrom(softEnd - 20, hardEnd);
  }
  expect(softEnd).toBe(hardEnd);
});
