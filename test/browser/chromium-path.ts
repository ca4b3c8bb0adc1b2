import { existsSync } from "node:fs";
import { env } from "node:process";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The machine's Chromium; `CHROMIUM` names one elsewhere. Without one the program ends, and says what is missing. */
export function chromiumPath(): string {
  const found = env["CHROMIUM"] ?? PLACES.find(existsSync);
  if (found !== undefined && existsSync(found)) return found;
  const elsewhere = found === undefined ? "" : ` There is none at ${found}.`;
  console.error(
    `Chromium is needed: install it (apt-get install chromium), or set CHROMIUM to the path of one.${elsewhere}`,
  );
  return process.exit(1);
}
