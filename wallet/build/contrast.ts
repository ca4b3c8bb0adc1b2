import type { Tokens } from "./tokens.ts";

/** What is read on what: WCAG 2.2 §1.4.3 asks for 4.5 : 1. */
export const TEXT_ON: readonly (readonly [text: string, ground: string])[] = [
  ["ink", "paper"],
  ["ink", "card"],
  ["ink", "card-press"],
  ["ink", "accent-wash"],
  ["ink-soft", "paper"],
  ["ink-soft", "card"],
  ["ink-soft", "card-press"],
  ["accent", "paper"],
  ["accent", "card"],
  ["accent", "card-press"],
  ["accent", "accent-wash"],
  ["accent-ink", "accent"],
  ["accent-ink", "accent-press"],
  ["paper", "ink"],
  ["paper", "ink-press"],
  ["warn-ink", "warn-wash"],
  ["danger", "paper"],
  ["danger", "card"],
  ["danger", "danger-wash"],
];
/** The edge of what is pressed or typed into, and the ring around what has the focus: §1.4.11 and §2.4.13 ask for 3 : 1. */
export const EDGE_ON: readonly (readonly [edge: string, ground: string])[] = [
  ["line-strong", "paper"],
  ["line-strong", "card"],
  ["accent", "paper"],
  ["accent", "card"],
  ["danger", "card"],
];

/** Pairs that cannot be read well enough, in either scheme, each in a sentence. */
export function contrastProblems(tokens: Tokens): readonly string[] {
  const tooWeak =
    (least: number) =>
    ([front, ground]: readonly [string, string]) =>
      (["light", "dark"] as const).flatMap((scheme, index) => {
        const [a, b] = [tokens[front]?.[index], tokens[ground]?.[index]];
        if (a === undefined || b === undefined) return [`colours: there is no ${a === undefined ? front : ground}`];
        const found = contrast(a, b);
        if (found >= least) return [];
        return [
          `colours: ${front} (${a}) on ${ground} (${b}) has a contrast of ${found.toFixed(2)} in the ${scheme} scheme; ${least} is needed`,
        ];
      });
  return [...TEXT_ON.flatMap(tooWeak(4.5)), ...EDGE_ON.flatMap(tooWeak(3))];
}

/** WCAG 2.2: contrast ratio of two colours #rrggbb. */
export function contrast(a: string, b: string): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
