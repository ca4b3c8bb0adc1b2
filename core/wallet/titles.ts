import type { Exchange } from "../exchange.ts";
import { inLanguage, type Language } from "./language.ts";

/** What kinds of data are called in this language, each once, in this order; one that is gone has no name. */
export async function titlesOf(
  { registry }: Pick<Exchange, "registry">,
  kinds: readonly { readonly type: string }[],
  language: Language,
): Promise<readonly string[]> {
  const types = [...new Set(kinds.map(({ type }) => type))];
  const definitions = await Promise.all(types.map((type) => registry.definition(type)));
  return definitions.flatMap((definition) =>
    definition === undefined ? [] : [inLanguage(definition.texts, language).title],
  );
}
