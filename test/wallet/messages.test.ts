import { expect, test } from "vitest";
import { en } from "../../wallet/messages/en.ts";
import { spokenLocale } from "../../wallet/messages/languages.ts";
import { walletFiles } from "./sources-of-the-wallet.ts";

const code = walletFiles(".ts", ".tsx")
  .filter(([path]) => path !== "messages/en.ts")
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
