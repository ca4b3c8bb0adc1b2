import { en, type Messages } from "./en.ts";

/** Adding a language is adding its file and a row. */
const languages: Readonly<Record<string, Messages>> = { en };

/** The first of the person's languages that is spoken here, as they wrote it (`en-CA`), so that dates look as they are used to. */
export function spokenLocale(wanted: readonly string[], spoken: readonly string[]): string {
  return wanted.find((tag) => spoken.includes(languageOf(tag))) ?? "en";
}

const languageOf = (tag: string) => tag.slice(0, 2).toLowerCase();

export const locale = spokenLocale(globalThis.navigator?.languages ?? [], Object.keys(languages));
export const words: Messages = languages[languageOf(locale)] ?? en;
