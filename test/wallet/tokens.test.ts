import { expect, test } from "vitest";
import { walletFiles } from "./sources-of-the-wallet.ts";

const COLOUR =
  /#[0-9a-f]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch|oklab|lab|lch|hwb)\(|:\s*(?:white|black|red|green|blue)\b/i;

test("every colour is a token", () => {
  const styles = walletFiles(".css", ".ts", ".tsx", ".html").filter(([path]) => path !== "style/tokens.css");
  const literal = styles.flatMap(([path, text]) =>
    text
      .replaceAll(/#\/[^"`\s]*/g, "")
      .split("\n")
      .filter((line) => path.endsWith(".css") && COLOUR.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(literal).toEqual([]);
});

test("every token that is used is there, in both colour schemes, and every one that is there is used", () => {
  const files = new Map(walletFiles(".css"));
  const tokens = files.get("style/tokens.css") ?? "";
  const defined = [...tokens.matchAll(/^\s*(--[\w-]+):\s*(.*);/gm)];
  const used = [...files.values()].flatMap((text) => [...text.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name));
  expect(new Set(used)).toEqual(new Set(defined.map(([, name]) => name)));
  const oneScheme = defined.filter(([, , value = ""]) => value.includes("#") && !value.startsWith("light-dark("));
  expect(oneScheme).toEqual([]);
});

test("no inline script or style: the pages live with default-src 'self'", () => {
  for (const [path, text] of walletFiles(".html", ".tsx")) {
    expect(text, path).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+="/);
  }
});
