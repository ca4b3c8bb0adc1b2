import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Colours by the name of their token: light, then dark. */
export type Tokens = Readonly<Record<string, readonly [light: string, dark: string]>>;

/** What stays as it is: a QR code is dark on light for every reader, and June's phone is the demo's. */
const FIXED = /^(qr-|table|phone-|dawn-|glass|shade)/;

/** The colours that a brand may change, as the product has them. */
export function ownTokens(): Tokens {
  const css = readFileSync(join(import.meta.dirname, "../style/tokens.css"), "utf8");
  const written = css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g);
  return Object.fromEntries(
    [...written]
      .map(([, name = "", light = "", dark = ""]) => [name, [light, dark] as const])
      .filter(([name]) => !FIXED.test(String(name))),
  );
}

/** The rule that puts a brand's colours in the place of the product's. */
export function tokenRule(colours: Tokens): string {
  const lines = Object.entries(colours).map(([name, [light, dark]]) => `--${name}: light-dark(${light}, ${dark});`);
  return lines.length === 0 ? "" : `\n:root {\n${lines.join("\n")}\n}\n`;
}
