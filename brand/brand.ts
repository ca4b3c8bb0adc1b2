import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as v from "valibot";

const text = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1, "is empty"), v.maxLength(most));
const colour = v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i, "a colour is written #rrggbb"));
const names = v.strictObject({ wallet: text(30), navigator: text(30) });
const sentences = v.record(v.string(), text(600));

/** What an operator may make their own (docs/brand.md). */
export const Brand = v.strictObject({
  /** Where there is one name for all languages: what a device calls the passkey's place, and the app on a Home Screen. */
  name: text(40),
  /** A square SVG, beside brand.json. */
  logo: v.pipe(v.string(), v.endsWith(".svg", "the logo is an SVG")),
  /** The same as a PNG of 1024 × 1024, without round corners. */
  icon: v.pipe(v.string(), v.endsWith(".png", "the icon is a PNG")),
  names: v.strictObject({ en: names, fr: names }),
  /** Tokens of wallet/style/tokens.css: light, then dark. */
  colours: v.record(v.string(), v.strictTuple([colour, colour])),
  /** Sentences of wallet/messages, by their path; {1}, {2} stand for what the sentence is about. */
  words: v.strictObject({ en: sentences, fr: sentences }),
});
export type Brand = v.InferOutput<typeof Brand>;

/** The file that is in force: `BRAND` names one elsewhere. */
export const brandFile = (): string => resolve(process.env["BRAND"] ?? join(import.meta.dirname, "brand.json"));

/** A brand out of its file, with the paths of its pictures; throws with every problem its form has. */
export function readBrand(file = brandFile()): Brand {
  const result = v.safeParse(Brand, JSON.parse(readFileSync(file, "utf8")));
  if (!result.success)
    throw new BrandError(
      file,
      result.issues.map((issue) => `${v.getDotPath(issue) ?? "brand"}: ${issue.message}`),
    );
  const beside = (name: string) => join(dirname(file), name);
  return { ...result.output, logo: beside(result.output.logo), icon: beside(result.output.icon) };
}

/** What keeps a brand from being built, all of it at once. */
export class BrandError extends Error {
  constructor(file: string, problems: readonly string[]) {
    super(`${file} cannot be built:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.name = "BrandError";
  }
}
