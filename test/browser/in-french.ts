import type { Page } from "playwright-core";
import { en } from "../../wallet/messages/en.ts";
import { fr } from "../../wallet/messages/fr.ts";
import { sentences } from "../wallet/sentences.ts";

const english = [...sentences(en)];
const french = sentences(fr);

/** The page as states.ts speaks of it, in English, for a Wallet in French: what is looked for by words is looked for by the French ones. */
export function inFrench(page: Page): Page {
  return new Proxy(page, {
    get(target, key) {
      if (key === "getByText" || key === "getByLabel")
        return (text: string, options?: object) => target[key](translated(text), options);
      if (key === "getByRole")
        return (role: "button", { name, ...options }: { name: string | RegExp }) =>
          target.getByRole(role, { name: translated(name), ...options });
      const value = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** The longest piece without an argument of the sentence these words are of; words of no sentence are the exchange's, and stay. */
export function translated(words: string): string;
export function translated(words: string | RegExp): string | RegExp;
export function translated(words: string | RegExp): string | RegExp {
  if (words instanceof RegExp) {
    const plain = words.source.replace(/^\^/, "");
    return new RegExp(words.source.replace(plain, translated(plain).replaceAll(/\s+/g, "\\s+")));
  }
  const [path, sentence = ""] =
    english.find(([, known]) => known === words) ?? english.find(([, known]) => isPartOf(known, words)) ?? [];
  if (path !== undefined) return piece(french.get(path) ?? "", sentence.startsWith(words));
  return filledIn(words) ?? words;
}

const ARGUMENT = /§\d/;
const isPartOf = (sentence: string, words: string) => sentence.split(ARGUMENT).some((part) => part.includes(words));

/** A sentence with its arguments. */
function filledIn(words: string): string | undefined {
  for (const [path, sentence] of english) {
    const literal = sentence.replace(/\.$/, "").split(/§1/);
    if (literal.length !== 2 || literal.join("").length < 5 || ARGUMENT.test(literal.join(""))) continue;
    const [before = "", after = ""] = literal;
    if (!words.startsWith(before) || !words.endsWith(after)) continue;
    const argument = words.slice(before.length, words.length - after.length);
    return french.get(path)?.replace("§1", /^\d+$/.test(argument) ? argument : translated(argument));
  }
  return undefined;
}

function piece(sentence: string, fromTheStart: boolean): string {
  const pieces = sentence.split(ARGUMENT);
  const [first = ""] = pieces;
  if (fromTheStart && first.trim().length > 3) return first.trim();
  return [...pieces].sort((a, b) => b.length - a.length)[0]?.trim() ?? "";
}
