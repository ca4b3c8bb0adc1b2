import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { brandFile } from "../../brand/brand.ts";
import { checkedBrand } from "../../wallet/build/brand.ts";
import { contrast, TEXT_ON } from "../../wallet/build/contrast.ts";
import { ownTokens } from "../../wallet/build/tokens.ts";
import { branded } from "../../wallet/messages/branded.ts";
import { en } from "../../wallet/messages/en.ts";
import { fr } from "../../wallet/messages/fr.ts";
import { sentences } from "./sentences.ts";
import { walletFiles } from "./sources-of-the-wallet.ts";

const shipped = JSON.parse(readFileSync(brandFile(), "utf8"));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fpx-brand-"));
  for (const picture of ["logo.svg", "icon.png"]) copyFileSync(join(brandFile(), "..", picture), join(folder, picture));
  const small = readFileSync(join(folder, "icon.png"));
  small.writeUInt32BE(512, 16);
  writeFileSync(join(folder, "small.png"), small);
  writeFileSync(join(folder, "text.png"), "no picture");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The shipped brand with something else in it, checked as the build does. */
function checked(changes: object): ReturnType<typeof checkedBrand> {
  const file = join(folder, "brand.json");
  writeFileSync(file, JSON.stringify({ ...shipped, ...changes }));
  return checkedBrand(file);
}

test("the brand that is shipped, and another one, can be built", () => {
  expect(checkedBrand().name).toBe(shipped.name);
  expect(checkedBrand(join(import.meta.dirname, "../browser/other-brand/brand.json")).name).toBe("Maple Health");
});

describe("a brand that cannot be built is refused in words that say what to mend", () => {
  const words = (own: object) => ({ words: { en: own, fr: {} } });
  test.each([
    ["a member nobody knows", { colour: {} }, "colour: "],
    ["a name that is empty", { name: " " }, "name: is empty"],
    [
      "a colour by its name",
      { colours: { accent: ["red", "#ffffff"] } },
      "colours.accent.0: a colour is written #rrggbb",
    ],
    ["a colour for one scheme", { colours: { accent: ["#0b5f52"] } }, "colours.accent.1: "],
    [
      "a colour there is none of",
      { colours: { pink: ["#ffaaee", "#ffaaee"] } },
      "colours.pink: no such colour; there are paper, card, ink",
    ],
    [
      "a colour that belongs to the demo",
      { colours: { "qr-ink": ["#ffffff", "#ffffff"] } },
      "colours.qr-ink: no such colour",
    ],
    ["a logo that is not there", { logo: "nowhere.svg" }, "nowhere.svg"],
    ["a logo that is no SVG", { logo: "logo.gif" }, "logo: the logo is an SVG"],
    ["an icon of another size", { icon: "small.png" }, "icon: a PNG of 1024 × 1024 is needed"],
    ["an icon that is no PNG", { icon: "text.png" }, "icon: a PNG of 1024 × 1024 is needed"],
    ["a sentence there is none of", words({ "welcome.head": "Hello" }), "words.en.welcome.head: no such sentence"],
    ["a group of sentences", words({ welcome: "Hello" }), "words.en.welcome: no such sentence"],
    [
      "more than a sentence is about",
      words({ "done.declinedText": "{1} and {2}" }),
      "words.en.done.declinedText: there is no {2} in this sentence, which is about 1",
    ],
    ["a language nobody speaks here", { words: { en: {}, fr: {}, de: {} } }, "words.de: "],
  ])("%s", (_, changes, problem) => expect(() => checked(changes)).toThrow(problem));

  test("WCAG 2.2 §1.4.3 text that cannot be read, in either scheme", () => {
    const pale = { colours: { accent: ["#9fd8cd", "#6fd3bf"], "warn-ink": ["#6b4500", "#5a4a20"] } };
    expect(() => checked(pale)).toThrow(
      /accent \(#9fd8cd\) on paper \(#f7f5f0\) has a contrast of 1\.\d\d in the light scheme; 4\.5 is needed/,
    );
    expect(() => checked(pale)).toThrow(
      /warn-ink \(#5a4a20\) on warn-wash \(#35290f\) .* in the dark scheme; 4\.5 is needed/,
    );
  });
  test("WCAG 2.2 §1.4.11 an edge that cannot be seen", () => {
    expect(() => checked({ colours: { "line-strong": ["#cccccc", "#83878e"] } })).toThrow(/line-strong .* 3 is needed/);
  });
  test("every problem at once", () => {
    const two = { colours: { pink: ["#ffaaee", "#ffaaee"] }, ...words({ nothing: "x" }) };
    expect(() => checked(two)).toThrow(/colours\.pink: [\s\S]*words\.en\.nothing: /);
  });
});

test("WCAG 2.2 contrast is what the standard says: 21 for black on white, 1 for a colour on itself", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#0b5f52", "#0b5f52")).toBeCloseTo(1);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 1);
});

test("every pair of colours that a rule of the style puts together is measured", () => {
  const rules = walletFiles(".css")
    .filter(([path]) => !/(tokens|phone|elsewhere)\.css$/.test(path))
    .flatMap(([, css]) => [...css.matchAll(/\{([^{}]*)\}/g)].map(([, rule = ""]) => rule));
  const together = rules.flatMap((rule) => {
    const [front] = /(?:^|[\s;])color: var\(--([\w-]+)\)/.exec(rule)?.slice(1) ?? [];
    const [ground] = /background: var\(--([\w-]+)\)/.exec(rule)?.slice(1) ?? [];
    return front === undefined || ground === undefined ? [] : [`${front} on ${ground}`];
  });
  const measured = new Set(TEXT_ON.map(([front, ground]) => `${front} on ${ground}`));
  expect(together.length).toBeGreaterThan(4);
  expect(together.filter((pair) => !measured.has(pair))).toEqual([]);
  const alone = rules.flatMap((rule) => /(?:^|[\s;])color: var\(--([\w-]+)\)/.exec(rule)?.slice(1) ?? []);
  const read = new Set(TEXT_ON.map(([front]) => front));
  expect(alone.filter((front) => !read.has(front))).toEqual([]);
});

test("every colour a brand may change is one the pages have", () => {
  expect(Object.keys(ownTokens())).toEqual(expect.arrayContaining(["paper", "card", "ink", "accent", "danger"]));
});

describe("an operator's words", () => {
  const names = { wallet: "Maple", navigator: "Maple on the go" };

  test("stand in the place of ours, with what they are about", () => {
    const own = branded(en, {
      names,
      words: { "welcome.heading": "Hello", "done.declinedText": "{1} got nothing. {1}!" },
    });
    expect(own.welcome.heading).toBe("Hello");
    expect(own.done.declinedText("App")).toBe("App got nothing. App!");
    expect(own.done.declinedHeading).toBe(en.done.declinedHeading);
    expect(own.deadEnd.stopped.late).toEqual(en.deadEnd.stopped.late);
  });
  test("name their apps wherever ours are named, and never what somebody else is called", () => {
    const own = branded(en, { names, words: {} });
    expect([own.app.wallet, own.app.navigator]).toEqual(["Maple", "Maple on the go"]);
    expect([...sentences(own).values()].join("\n")).not.toContain("Navigator");
    expect(own.done.declinedText("Navigator Bank")).toContain("Navigator Bank");
  });
  test("need no sentence about Navigator that is about something else as well", () => {
    for (const language of [en, fr]) {
      const plain = [...sentences(language)].filter(([, text]) => text.includes("Navigator"));
      expect(plain.filter(([, text]) => text.includes("§"))).toEqual([]);
    }
  });
});
