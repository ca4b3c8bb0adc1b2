import brand from "../../brand/brand.json" with { type: "json" };
import { branded } from "./branded.ts";
import { en, type Messages } from "./en.ts";
import { fr } from "./fr.ts";

interface Language {
  /** What a person gets who chose it and whose browser names no place. */
  readonly locale: string;
  readonly words: Messages;
}

/** Adding a language is adding its file and a row, and a row at the exchange (core/wallet/language.ts). */
export const languages: readonly Language[] = [
  { locale: "en-CA", words: branded(en, { names: brand.names.en, words: brand.words.en }) },
  { locale: "fr-CA", words: branded(fr, { names: brand.names.fr, words: brand.words.fr }) },
];

/** The first of the person's languages that is spoken here, as they wrote it (`en-CA`), so that dates look as they are used to. */
export function spokenLocale(wanted: readonly string[], spoken: readonly string[]): string {
  return wanted.find((tag) => spoken.includes(languageOf(tag))) ?? "en";
}

/** What the person chose goes before the browser's languages, and keeps the place of theirs if it is among them. */
export function chosenFirst(chosen: string | null, wanted: readonly string[]): readonly string[] {
  if (chosen === null) return wanted;
  return [wanted.find((tag) => languageOf(tag) === languageOf(chosen)) ?? chosen, ...wanted];
}

/** Remembered on this device. Every word of a page is in one language, so it begins anew. */
export function speak(language: Language): void {
  try {
    localStorage.setItem(KEPT, language.locale);
  } catch {
    // A browser that keeps nothing stays with its own language.
  }
  location.reload();
}

const KEPT = "fpx-language";
const languageOf = (tag: string) => tag.slice(0, 2).toLowerCase();

function kept(): string | null {
  try {
    return globalThis.localStorage?.getItem(KEPT) ?? null;
  } catch {
    return null;
  }
}

export const locale = spokenLocale(
  chosenFirst(kept(), globalThis.navigator?.languages ?? []),
  languages.map((language) => languageOf(language.locale)),
);
export const words: Messages =
  languages.find((language) => languageOf(language.locale) === languageOf(locale))?.words ?? en;
