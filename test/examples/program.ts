import { spawn } from "node:child_process";
import { type AddressInfo, createServer } from "node:net";

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** A program of examples/, as a person would start it. */
export function program(name: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [`examples/${name}`, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let told = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (told += chunk));
  return {
    told: () => told,
    says: async (text: string) => {
      while (!told.includes(text) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));
      return told;
    },
    ended: async () => child.exitCode ?? new Promise<number | null>((resolve) => child.once("exit", resolve)),
    stop: () => child.kill(),
  };
}
