import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { ownNameTrouble, signsOf } from "../../protocol/own-name.ts";
import { humanText } from "../../protocol/registry.ts";
import { ownName } from "../../protocol/wallet-passkeys.ts";

const FAMILY = "👩\u200d👩\u200d👧";

describe("N-72 what people call themselves and what is theirs", () => {
  test.each([
    ["emoji alone", "😀😀"],
    ["a family, joined", `${FAMILY} phone`],
    ["a skin and a profession", "👩🏽\u200d🚀"],
    ["a heart as a picture", "❤\ufe0f"],
    ["a flag", "🇨🇦"],
    ["the flag of England", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"],
    ["a key", "1\ufe0f\u20e3"],
    ["Persian with a non-joiner inside a word", "کتاب\u200cخانه"],
    ["Devanagari with a joiner", "क्\u200dष"],
    ["sixty families' worth of letters", "x".repeat(60)],
    ["sixteen families, which a program counts as 128", FAMILY.repeat(16)],
  ])("%s", (_, name) => {
    expect(ownNameTrouble(name)).toBeUndefined();
    expect(v.is(ownName, name)).toBe(true);
  });
  test.each([
    ["nothing", "", "empty"],
    ["spaces", "  ", "empty"],
    ["one sign too many", "😀".repeat(61), "long"],
    ["one sign of very many bytes", `a${"\u0301".repeat(400)}`, "long"],
    ["a bidirectional override", "knaB\u202e", "signs"],
    ["a bidirectional isolate beside an emoji", "😀\u2066", "signs"],
    ["a control character", "Ju\u0007ne", "signs"],
    ["a joiner between Latin letters", "Ju\u200dne", "signs"],
    ["a non-joiner at the end", "کتاب\u200c", "signs"],
    ["two non-joiners", "کتاب\u200c\u200cخانه", "signs"],
    ["a zero-width space", "Ju\u200bne", "signs"],
    ["a variation selector on a letter", "x\ufe0f", "signs"],
    ["a text in tags behind a flag", "🏴\u{e0061}\u{e0062}\u{e007f}", "signs"],
    ["a filler", "\u3164", "signs"],
    ["an empty Braille cell", "\u2800", "signs"],
    ["points alone", "...", "signs"],
    ["markup", "<b>", "signs"],
    ["two alphabets", "\u041cy phone", "alphabets"],
  ] as const)("not %s", (_, name, trouble) => {
    expect(ownNameTrouble(name)).toBe(trouble);
    expect(v.is(ownName, name)).toBe(false);
  });
  test.each(["😀😀", `${FAMILY} phone`, "کتاب\u200cخانه"])(
    "what Clients and sources are called stays plain: not %j",
    (name) => {
      expect(v.is(humanText(60), name)).toBe(false);
    },
  );
  test("a sign is what a person sees as one", () => {
    expect(signsOf(`${FAMILY}e\u0301`)).toBe(2);
  });
});
