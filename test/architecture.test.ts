import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

/** Who may import which of our folders (docs/architecture.md). A folder may always import itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  core: ["protocol"],
  adapters: ["core", "protocol"],
  functions: ["adapters", "core", "protocol"],
  brand: [],
  navigator: ["brand", "wallet"],
  lib: ["brand", "functions/routes.ts"],
  bin: ["lib"],
  sdk: ["protocol"],
  wallet: ["brand", "sdk", "protocol"],
  cli: ["sdk", "protocol"],
  examples: ["sdk", "protocol"],
  local: ["examples/demo-network.ts"],
  bench: ["adapters", "core", "functions", "lib", "local", "protocol", "test/support"],
};

/** npm packages, listed completely for the layers without a vendor. */
const packages: Readonly<Record<string, readonly string[]>> = {
  protocol: ["@noble/hashes/sha2.js", "valibot"],
  core: ["jose", "valibot"],
};

const root = resolve(import.meta.dirname, "..");

interface Import {
  readonly layer: string;
  readonly file: string;
  readonly to: string;
}

const imports: readonly Import[] = Object.keys(mayImport).flatMap((layer) =>
  sources(layer).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, to = ""]) => ({
      layer,
      file: relative(root, file),
      to: to.startsWith(".") ? relative(root, resolve(dirname(file), to)) : to,
    })),
  ),
);

function sources(layer: string): readonly string[] {
  if (!existsSync(join(root, layer))) return [];
  return readdirSync(join(root, layer), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes("node_modules"))
    .map((file) => join(root, layer, file));
}

const ours = (to: string) => Object.keys(mayImport).some((layer) => to.startsWith(`${layer}/`));
const show = ({ file, to }: Import) => `${file} -> ${to}`;

test("dependencies point inwards", () => {
  const broken = imports.filter(
    ({ layer, to }) =>
      ours(to) &&
      ![layer, ...(mayImport[layer] ?? [])].some((allowed) => to === allowed || to.startsWith(`${allowed}/`)),
  );
  expect(broken.map(show)).toEqual([]);
  expect(imports.length).toBeGreaterThan(200);
});

test("protocol and core know no vendor", () => {
  const foreign = imports.filter(
    ({ layer, to }) => packages[layer] !== undefined && !ours(to) && !packages[layer].includes(to),
  );
  expect(foreign.map(show)).toEqual([]);
});

test("core reads no clock, no environment and no network", () => {
  const impure = sources("core").filter((file) =>
    /\bDate\.now\b|\bprocess\.(?!ts")|\bfetch\(|new Date\(\)/.test(readFileSync(file, "utf8")),
  );
  expect(impure.map((file) => relative(root, file))).toEqual([]);
});

test("an adapter knows no other adapter", () => {
  const adapter = (path: string) => path.split("/").slice(0, 2).join("/");
  const crossed = imports.filter(
    ({ layer, file, to }) => layer === "adapters" && to.startsWith("adapters/") && adapter(file) !== adapter(to),
  );
  expect(crossed.map(show)).toEqual([]);
});

test("only ports read the environment, and no function knows that it is local", () => {
  const files = sources("functions").filter((file) => !/ports\.ts$/.test(file));
  const odd = files.filter((file) => /isLocal|NODE_ENV|process\.env\[|localhost/.test(readFileSync(file, "utf8")));
  expect(odd.map((file) => relative(root, file))).toEqual([]);
});

test("no file is longer than 250 lines, but for the one file of words a language has", () => {
  const long = Object.keys(mayImport)
    .flatMap(sources)
    .filter((file) => !file.includes("/wallet/messages/") && readFileSync(file, "utf8").split("\n").length > 251);
  expect(long.map((file) => relative(root, file))).toEqual([]);
});
