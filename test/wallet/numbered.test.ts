import { expect, test } from "vitest";
import { initials } from "../../wallet/words/initials.ts";
import { numbered } from "../../wallet/words/numbered.ts";

test.each([
  ["Navigator, Linux", [], "Navigator, Linux"],
  ["Navigator, Linux", ["Chrome, Mac"], "Navigator, Linux"],
  ["Navigator, Linux", ["Navigator, Linux"], "Navigator, Linux 2"],
  ["Navigator, Linux", ["Navigator, Linux", "Navigator, Linux 2"], "Navigator, Linux 3"],
] as const)("%s beside %j is %s", (name, others, said) => {
  expect(numbered(name, others)).toBe(said);
});

test.each([
  ["😀😀", "😀"],
  ["👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"],
  ["👩\u200d👩\u200d👧 phone", "P"],
  ["کتاب\u200cخانه", "ک"],
])("%s is shown as %s where no picture is known", (name, shown) => {
  expect(initials(name)).toBe(shown);
});
