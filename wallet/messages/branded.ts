import type { Messages } from "./en.ts";

/** What an operator says in one language: the names of their apps, and sentences of their own by path. */
export interface Spoken {
  readonly names: { readonly wallet: string; readonly navigator: string };
  readonly words: Readonly<Record<string, string>>;
}

/** The product's name for the app on a phone, as the messages files write it. */
const NAVIGATOR = "Navigator";

/** A language's words as the operator of this exchange says them (brand/brand.json). */
export function branded(messages: Messages, { names, words }: Spoken): Messages {
  const own = { "app.wallet": names.wallet, "app.navigator": names.navigator, ...words };
  return said(messages, "", own, (text) => text.replaceAll(NAVIGATOR, names.navigator)) as Messages;
}

type Saying = string | ((...about: never[]) => string) | { readonly [key: string]: Saying };

function said(
  saying: unknown,
  path: string,
  own: Readonly<Record<string, string>>,
  named: (text: string) => string,
): unknown {
  const instead = own[path];
  if (typeof saying === "function")
    return instead === undefined ? saying : (...about: unknown[]) => filled(instead, about);
  if (typeof saying === "string") return instead ?? named(saying);
  const group = saying as Readonly<Record<string, Saying>>;
  const entries = Object.entries(group).map(
    ([key, value]) => [key, said(value, path === "" ? key : `${path}.${key}`, own, named)] as const,
  );
  return Array.isArray(saying) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

const filled = (sentence: string, about: readonly unknown[]) =>
  sentence.replaceAll(/\{(\d)\}/g, (_, place: string) => String(about[Number(place) - 1] ?? ""));
