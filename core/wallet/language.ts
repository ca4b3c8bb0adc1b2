/** The languages a notice can be shown and signed in. English is what everything is registered in (protocol/registry.ts). */
export const LANGUAGES = ["en", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Whether a tag is one of {@link LANGUAGES}. */
export function isLanguage(tag: string): tag is Language {
  return LANGUAGES.some((language) => language === tag);
}

/** RFC 9110 §12.5.4: the one of ours that the header wants most, by the first part of its tag (RFC 4647 §3.3.2); English where it wants none of them. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const ranges = (acceptLanguage ?? "").toLowerCase().split(",", MAX_RANGES).map(range);
  const wanted = ranges.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  return wanted.map(({ primary }) => primary).find(isLanguage) ?? "en";
}

/** Nobody speaks more. */
const MAX_RANGES = 20;

function range(text: string): { readonly primary: string; readonly weight: number } {
  const [, primary = "", weight = "1"] =
    /^\s*([a-z]{2,8})(?:-[a-z0-9-]{1,60})?\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?$/.exec(text) ?? [];
  return { primary, weight: Number(weight) };
}

/** Words in this language, in English where nobody wrote them. */
export function inLanguage<T>(texts: Readonly<Record<string, T>>, language: Language): T {
  const words = texts[language] ?? texts["en"];
  if (words === undefined) throw new Error("every text has English words (protocol/registry.ts)");
  return words;
}
