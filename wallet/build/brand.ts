import { existsSync, readFileSync } from "node:fs";
import type { Plugin as EsbuildPlugin } from "esbuild";
import type { HtmlTagDescriptor, Plugin } from "vite";
import { type Brand, BrandError, brandFile, readBrand } from "../../brand/brand.ts";
import { en } from "../messages/en.ts";
import { fr } from "../messages/fr.ts";
import { contrastProblems } from "./contrast.ts";
import { ownTokens, type Tokens, tokenRule } from "./tokens.ts";

/** A brand that can be built: its form holds, its pictures are there, its sentences exist and its colours can be read. */
export function checkedBrand(file = brandFile()): Brand {
  const brand = readBrand(file);
  const tokens = ownTokens();
  const colours: Tokens = { ...tokens, ...brand.colours };
  const problems = [
    ...[brand.logo, brand.icon].filter((path) => !existsSync(path)).map((path) => `not there: ${path}`),
    ...iconProblems(brand.icon),
    ...Object.keys(brand.colours)
      .filter((name) => !(name in tokens))
      .map((name) => `colours.${name}: no such colour; there are ${Object.keys(tokens).join(", ")}`),
    ...wordProblems("en", en, brand.words.en),
    ...wordProblems("fr", fr, brand.words.fr),
    ...contrastProblems(colours),
  ];
  if (problems.length > 0) throw new BrandError(file, problems);
  return brand;
}

const ICON_SIZE = 1_024;

/** A PNG says its width and height from its 17th byte on (PNG §11.2.1). */
function iconProblems(icon: string): readonly string[] {
  if (!existsSync(icon)) return [];
  const png = readFileSync(icon);
  const [width, height] = png.length < 24 ? [] : [png.readUInt32BE(16), png.readUInt32BE(20)];
  if (png.toString("latin1", 1, 4) === "PNG" && width === ICON_SIZE && height === ICON_SIZE) return [];
  return [`icon: a PNG of ${ICON_SIZE} × ${ICON_SIZE} is needed`];
}

function wordProblems(language: string, messages: object, words: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(words).flatMap(([path, sentence]) => {
    const known = path
      .split(".")
      .reduce<unknown>((group, key) => (group as Record<string, unknown> | undefined)?.[key], messages);
    if (typeof known !== "string" && typeof known !== "function")
      return [`words.${language}.${path}: no such sentence`];
    const about = typeof known === "function" ? known.length : 0;
    const missing = [...sentence.matchAll(/\{(\d)\}/g)].filter(
      ([, place]) => Number(place) < 1 || Number(place) > about,
    );
    return missing.map(
      ([place]) => `words.${language}.${path}: there is no ${place} in this sentence, which is about ${about}`,
    );
  });
}

/** Puts a brand into the pages: its words and logo in the place of the product's, and its colours behind them. */
export function brandPlugin(brand: Brand, file = brandFile()): Plugin {
  const colours: Tokens = { ...ownTokens(), ...brand.colours };
  const [light, dark] = colours["paper"] ?? [];
  return {
    name: "brand",
    enforce: "pre",
    resolveId: (source) => {
      if (source.endsWith("brand/brand.json")) return file;
      return source.endsWith("brand/logo.svg") ? brand.logo : undefined;
    },
    transform: (code, id) => (id.endsWith("/style/all.css") ? code + tokenRule(brand.colours) : undefined),
    transformIndexHtml: (html) => ({
      html: html.replace(
        /<title>(Wallet|Navigator)</,
        (_, app: "Wallet" | "Navigator") => `<title>${named(brand, app)}<`,
      ),
      tags: [themeColour("light", light), themeColour("dark", dark)],
    }),
  };
}

const named = ({ names }: Brand, app: "Wallet" | "Navigator") =>
  app === "Wallet" ? names.en.wallet : names.en.navigator;

const themeColour = (scheme: string, content: string | undefined): HtmlTagDescriptor => ({
  tag: "meta",
  attrs: { name: "theme-color", content, media: `(prefers-color-scheme: ${scheme})` },
  injectTo: "head",
});

/** What a Home Screen shows of the Wallet. */
export function homeScreenPlugin(brand: Brand): Plugin {
  const paper = brand.colours["paper"]?.[0] ?? ownTokens()["paper"]?.[0];
  return {
    name: "home-screen",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "icon.png", source: readFileSync(brand.icon) });
      this.emitFile({ type: "asset", fileName: "manifest.webmanifest", source: manifest(brand, paper) });
    },
  };
}

/** The service worker speaks the same words. */
export const brandWords = (file = brandFile()): EsbuildPlugin => ({
  name: "brand",
  setup: ({ onResolve }) => onResolve({ filter: /brand\/brand\.json$/ }, () => ({ path: file })),
});

const manifest = ({ name }: Brand, paper: string | undefined) =>
  JSON.stringify({
    name,
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: paper,
    theme_color: paper,
    icons: [{ src: "/icon.png", sizes: `${ICON_SIZE}x${ICON_SIZE}`, type: "image/png", purpose: "any maskable" }],
  });
