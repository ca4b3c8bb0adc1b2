import { expect, test } from "vitest";
import { requestContext } from "../../protocol/request-context.ts";

const read = (value: unknown) => requestContext(JSON.stringify(value));

test("FAPI-CIBA §5.3 request_context: two members are read, others are of other ecosystems and no mistake", () => {
  const context = { device: "Firefox on Windows", location: "Toronto, Canada" };
  expect(read(context)).toEqual(context);
  expect(read({ ...context, geo: { lat: 43.6 }, ip: "192.0.2.1" })).toEqual(context);
  expect(read({})).toEqual({});
});

test.each([
  ["x"],
  ["[]"],
  ["null"],
  ["7"],
  ['"Toronto"'],
  ['{"device":"a","device":"b"}'],
  [`{"x":"${"a".repeat(1_000)}"}`],
])("FAPI-CIBA §5.3 request_context %j is none", (json) => expect(requestContext(json)).toBeUndefined());

test.each([
  ["\u202Eknab\u202C Toronto", "knab Toronto"],
  ["a\u200Bb", "ab"],
  ["  Firefox\n on\tWindows ", "Firefox on Windows"],
  ["<b>Bank</b>", "bBank/b"],
  ["x".repeat(61), "x".repeat(60)],
  [`${"x".repeat(59)}\u{1D4D0}\u{1D4D0}`, `${"x".repeat(59)}\u{1D4D0}`],
  ["S\u00e3o Paulo", "S\u00e3o Paulo"],
  ["T\u043eronto", undefined],
  ["...", undefined],
  ["", undefined],
  [{ city: "Toronto" }, undefined],
  [7, undefined],
])("UX-07 N-72 what a Client says of itself, %j, is shown as %j", (said, shown) => {
  expect(read({ device: said, location: said })).toEqual(shown === undefined ? {} : { device: shown, location: shown });
});
