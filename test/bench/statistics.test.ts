import { expect, test } from "vitest";
import { spreadOf } from "../../bench/statistics.ts";

test("median and percentiles lie between neighbours, in whatever order the rounds came", () => {
  expect(spreadOf([30, 10, 20])).toEqual({ median: 20, p10: 12, p90: 28 });
  expect(spreadOf([4, 1, 2, 3]).median).toBe(2.5);
  expect(spreadOf([7])).toEqual({ median: 7, p10: 7, p90: 7 });
});
