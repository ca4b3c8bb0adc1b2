import { existsSync } from "node:fs";
import { join } from "node:path";
import { build as pages } from "vite";
import { bundle } from "./bundle.ts";
import { functionNames } from "./functions.ts";

/** `npm run build [functions|wallet]`: the bundles the CDK app deploys and `npm start` runs, in dist/. */
const targets: Readonly<Record<string, () => Promise<unknown>>> = {
  functions: () => bundle(functionNames, { from: "functions", to: join("dist", "functions") }),
  wallet: async () => {
    const configFile = join("wallet", "vite.config.ts");
    if (!existsSync(configFile)) throw new Error(`not there: ${configFile}`);
    for (const mode of ["web", "navigator"]) await pages({ configFile, mode, logLevel: "warn" });
  },
};

async function run(name: string) {
  try {
    const target = targets[name];
    if (target === undefined) throw new Error(`there is only ${Object.keys(targets).join(" and ")}`);
    await target();
  } catch (error) {
    console.error(`build ${name}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

const asked = process.argv.slice(2);
await Promise.all((asked.length > 0 ? asked : Object.keys(targets)).map(run));
