import { readFileSync, writeFileSync } from "node:fs";

const FILE = "docs/performance.md";
/** What `npm run bench:push` measures stands last, and stays when the rest is measured anew. */
const PUSH = "\n## From asked to rung\n";

const whole = () => readFileSync(FILE, "utf8");
const before = (page: string) => page.split(PUSH)[0]?.trimEnd() ?? "";

export function writePage(page: string): void {
  const [, push] = whole().split(PUSH);
  writeFileSync(FILE, push === undefined ? page : `${page.trimEnd()}\n${PUSH}${push}`);
}

export function writePush(section: string): void {
  writeFileSync(FILE, `${before(whole())}\n${PUSH}\n${section}\n`);
}
