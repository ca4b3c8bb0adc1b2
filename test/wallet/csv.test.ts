import { expect, test } from "vitest";
import { csv } from "../../wallet/words/csv.ts";

test("RFC 4180 §2 fields in quotes, quotes doubled, lines ended by CRLF", () => {
  expect(
    csv([
      ["When", 'A "B", C'],
      ["1", "two\nlines"],
    ]),
  ).toBe('"When","A ""B"", C"\r\n"1","two\nlines"\r\n');
});
test("N-72 a name that a spreadsheet would calculate is text", () => {
  expect(csv([["=1+1", "+1", "-1", "@x", "a=1"]])).toBe(`"'=1+1","'+1","'-1","'@x","a=1"\r\n`);
});
