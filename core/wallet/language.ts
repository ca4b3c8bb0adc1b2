/** The one language so far. */
export const LANGUAGE = "en";

/** Words in this language, in English where nobody wrote them. */
export function inLanguage<T>(texts: Readonly<Record<string, T>>, language: string): T {
  const words = texts[language] ?? texts["en"];
  if (words === undefined) throw new Error("every text has English words (protocol/registry.ts)");
  return words;
}
