import { spawn } from "node:child_process";
import { once } from "node:events";

/** Builds what is named (docs: `npm run build`) and synthesizes the assembly, as a deployment does, into cdk.out. */
export async function assemble(...targets: readonly ("functions" | "wallet")[]) {
  await run("lib/build.ts", ...targets);
  await run("bin/synth.ts");
}

async function run(file: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [file, ...args], { stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`node ${[file, ...args].join(" ")} failed.`);
}
