import { describe, expect, test } from "vitest";
import { LANGUAGES } from "../../core/wallet/language.ts";
import { en } from "../../wallet/messages/en.ts";
import { fr } from "../../wallet/messages/fr.ts";
import { chosenFirst, languages, spokenLocale } from "../../wallet/messages/languages.ts";
import { sentences } from "./sentences.ts";
import { walletFiles } from "./sources-of-the-wallet.ts";

const code = walletFiles(".ts", ".tsx")
  .filter(([path]) => !/^messages\/(en|fr)\.ts$/.test(path))
  .map(([, text]) => text)
  .join("\n");

/** Every sentence by its path; a group that is chosen from by a value counts as one. */
function paths(group: object, path = "words"): readonly string[] {
  return Object.entries(group).flatMap(([key, value]) => {
    const here = `${path}.${key}`;
    if (typeof value !== "object") return [here];
    return code.includes(`${here}[`) ? [] : paths(value, here);
  });
}

test("A6 every sentence is used", () => {
  const unused = paths(en).filter((path) => !new RegExp(`${path.replaceAll(".", "\\.")}\\b`).test(code));
  expect(unused).toEqual([]);
});

test("A6 no sentence stands outside the messages file", () => {
  const text = />\s*[A-Z][a-z]+[^<>{}]*<\//;
  const attribute = /(?:aria-label|title|label|hint|placeholder)="[^"]*[a-z][^"]*"/;
  const loose = walletFiles(".tsx").filter(([, source]) => text.test(source) || attribute.test(source));
  expect(loose.map(([path]) => path)).toEqual([]);
});

test("A6 a person's first language that is spoken here is chosen, as they write it", () => {
  expect(spokenLocale(["de", "fr-CA", "en-CA"], ["en", "fr"])).toBe("fr-CA");
  expect(spokenLocale(["de", "en-CA"], ["en"])).toBe("en-CA");
  expect(spokenLocale(["de"], ["en"])).toBe("en");
});

test("A6 what a person chose on this device goes before what the browser says, and keeps the place of theirs", () => {
  expect(chosenFirst(null, ["en-GB", "fr-FR"])).toEqual(["en-GB", "fr-FR"]);
  expect(chosenFirst("fr-CA", ["en-GB", "fr-FR"])[0]).toBe("fr-FR");
  expect(chosenFirst("fr-CA", ["en-GB"])[0]).toBe("fr-CA");
  expect(chosenFirst("xx", ["en-GB"])[0]).toBe("xx");
});

test("A6 what the Wallet speaks, the exchange writes notices in", () => {
  expect(languages.map(({ locale }) => locale.slice(0, 2))).toEqual([...LANGUAGES]);
});

describe("A6 French", () => {
  const english = sentences(en);
  const french = sentences(fr);

  test("no sentence is still in English, but for names", () => {
    const same = [...french].filter(([path, text]) => text === english.get(path)).map(([path]) => path);
    expect(same).toEqual(["app.navigator", "app.title", "phone.notifications"]);
  });
  test("each sentence says what its arguments say, as in English", () => {
    const used = (text = "") => [...new Set(text.match(/§\d/g))].sort();
    for (const [path, text] of french) expect(used(text), path).toEqual(used(english.get(path)));
  });
  test("no line breaks before a sign: U+202F before ; ? and !, U+00A0 before : and within guillemets", () => {
    for (const [path, text] of french) {
      expect(text, path).not.toMatch(/[^\u202f][;?!]|[^\u00a0]:|«[^\u00a0]|[^\u00a0]»|['"]/);
    }
  });
  test("one is singular, none and many are not", () => {
    expect(fr.home.waitingCount(1)).toBe("Une demande vous attend.");
    expect(fr.home.waitingCount(2)).toBe("2 demandes vous attendent.");
    expect(fr.request.wrongNumber(1)).toContain("1 essai.");
    expect(fr.request.wrongNumber(2)).toContain("2 essais.");
    expect(fr.consent.others("App", 3)).toContain("3 autres autorisations");
  });
});
