import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";

/** Bundles `<from>/<name>.ts` into `<to>/<name>/index.mjs`, all in one call. */
export async function bundle(names: readonly string[], { from, to }: { readonly from: string; readonly to: string }) {
  const entries = names.map((name) => ({ in: join(from, `${name}.ts`), out: join(name, "index") }));
  const missing = entries.filter((entry) => !existsSync(entry.in));
  if (missing.length > 0) throw new Error(`not there: ${missing.map((entry) => entry.in).join(", ")}`);
  await rm(to, { recursive: true, force: true });
  await build({
    entryPoints: entries,
    outdir: to,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    plugins: [environmentCredentialsOnly, builtinModules],
    logLevel: "silent",
  });
}

/** Lambda gives credentials in the environment: the SDK's other ways to find some are a sixth of a bundle. */
const environmentCredentialsOnly: Plugin = {
  name: "environment-credentials-only",
  setup({ onResolve, onLoad }) {
    const unused =
      /^@aws-sdk\/credential-provider-(sso|ini|process|web-identity|login|http)$|^@smithy\/credential-provider-imds$/;
    onResolve({ filter: unused }, ({ path }) => ({ path, namespace: "unused" }));
    onLoad({ filter: /./, namespace: "unused" }, ({ path }) => ({
      contents: `throw new Error("${path} is left out of this bundle");`,
    }));
  },
};

/** There is no `require` in an ES module: what a CommonJS package (web-push) asks of Node, Node is asked for. */
const builtinModules: Plugin = {
  name: "builtin-modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z:_/]+$/ }, ({ path, kind }) =>
      kind === "require-call" && isBuiltin(path) ? { path, namespace: "builtin" } : undefined,
    );
    onLoad({ filter: /./, namespace: "builtin" }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule("${path}");`,
    }));
  },
};
