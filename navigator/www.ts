import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import type { Settings } from "./settings.ts";

const here = import.meta.dirname;

/** The pages the app opens, in www/: Navigator as it was built, its shell before it, what it may call, and which exchange it belongs to. */
export async function www(built: string, { wallet }: Pick<Settings, "wallet">, to = join(here, "www")): Promise<void> {
  rmSync(to, { recursive: true, force: true });
  // The page in the shape of a phone is the demo's.
  cpSync(built, to, { recursive: true, filter: (path) => !path.endsWith("index.html") });
  writeFileSync(join(to, "index.html"), page(readFileSync(join(built, "app.html"), "utf8"), wallet));
  rmSync(join(to, "app.html"));
  writeFileSync(join(to, "fpx.json"), JSON.stringify({ api: wallet }));
  await build({
    entryPoints: [join(here, "shell.ts")],
    outfile: join(to, "shell.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    define: { WALLET_ORIGIN: JSON.stringify(wallet) },
  });
}

/** Navigator's page in an app: the shell runs first, and nothing runs or is called that is not its own or its exchange's. */
export function page(html: string, wallet: string): string {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' ${wallet}`,
    "font-src 'self'",
    `connect-src 'self' ${wallet}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const head = `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />\n    <script src="./shell.js"></script>`;
  return html.replace("<head>", head);
}
