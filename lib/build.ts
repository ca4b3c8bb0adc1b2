import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { build as bundle, type Plugin } from "esbuild";
import { build as pages } from "vite";
import { functionNames } from "./functions.ts";

/** `npm run build [functions|wallet]`: the bundles the CDK app deploys and `npm start` runs, in dist/. */
const dist = "dist";
const targets: Readonly<Record<string, () => Promise<unknown>>> = { functions: buildFunctions, wallet: buildWallet };

async function run(name: string) {
  try {
    await (targets[name] ?? fail(`Nothing here is called ${name}: ${Object.keys(targets).join(", ")}.`))();
  } catch (error) {
    console.error(`build ${name}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

async function buildFunctions() {
  const entries = functionNames.map((name) => ({ in: join("functions", `${name}.ts`), out: `${name}/index` }));
  const missing = entries.filter((entry) => !existsSync(entry.in));
  if (missing.length > 0) fail(`${missing.map((entry) => entry.in).join(", ")} is not there.`);
  await rm(join(dist, "functions"), { recursive: true, force: true });
  await bundle({
    entryPoints: entries,
    outdir: join(dist, "functions"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    plugins: [environmentCredentialsOnly],
    logLevel: "silent",
  });
}

/** Lambda gives credentials in the environment: the SDK's other ways to find some are a third of a bundle. */
const environmentCredentialsOnly: Plugin = {
  name: "environment-credentials-only",
  setup(build) {
    const unused =
      /^@aws-sdk\/credential-provider-(sso|ini|process|web-identity|login|http)$|^@smithy\/credential-provider-imds$/;
    build.onResolve({ filter: unused }, ({ path }) => ({ path, namespace: "unused" }));
    build.onLoad({ filter: /./, namespace: "unused" }, ({ path }) => ({
      contents: `throw new Error("${path} is left out of this bundle");`,
    }));
  },
};

async function buildWallet() {
  const configFile = join("wallet", "vite.config.ts");
  if (!existsSync(configFile)) fail(`${configFile} is not there.`);
  for (const mode of ["web", "navigator"]) await pages({ configFile, mode, logLevel: "warn" });
}

function fail(message: string): never {
  throw new Error(message);
}

await Promise.all((process.argv.length > 2 ? process.argv.slice(2) : Object.keys(targets)).map(run));
