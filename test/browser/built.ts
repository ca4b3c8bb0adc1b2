import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

const configFile = join(import.meta.dirname, "../../wallet/vite.config.ts");

/** The Wallet or Navigator as `npm run build` makes it, in a folder of its own. */
export async function built(
  mode: "web" | "navigator",
): Promise<{ readonly folder: string; readonly remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "fpx-wallet-"));
  await build({ configFile, mode, build: { outDir: folder }, logLevel: "error" });
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
