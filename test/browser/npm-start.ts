import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../../local/ports.ts";

const repo = join(import.meta.dirname, "../..");
/** What a run makes for itself; everything else it finds in the repository. */
const OWN = [".fpx", "cdk.out", "dist"];

/** Addresses as `.fpx/local.json` has them. */
export interface Local {
  readonly issuer: string;
  readonly wallet: string;
  readonly client: string;
  readonly resourceServers: readonly [string, string];
  readonly phone: string;
  readonly initialAccessToken: string;
}

/** `npm start` on free ports in a folder of its own, until it says it is ready. */
export async function npmStart(): Promise<Local & { readonly stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "fpx-browser-"));
  for (const entry of readdirSync(repo).filter((name) => !OWN.includes(name)))
    symlinkSync(join(repo, entry), join(folder, entry));
  const { issuer: port } = await freePorts();
  const child = spawn(process.execPath, ["local/start.ts", "--port", String(port)], { cwd: folder });
  let said = "";
  const ready = new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk;
      if (said.includes("Ready.")) resolve();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("exit", (code) => reject(new Error(`npm start ended with ${code}: ${said}`)));
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await ready;
  const local: Local = JSON.parse(readFileSync(join(folder, ".fpx/local.json"), "utf8"));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...local, stop };
}
