import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { built } from "./browser/built.ts";
import { launched } from "./browser/chromium.ts";
import { everyState } from "./browser/every-state.ts";
import { emptyWorld, fakeExchange } from "./browser/fake-exchange.ts";
import { arrivedIn, inEveryLook, looks, pictured, type Spoken, type Stage, screens, spoken } from "./browser/looks.ts";

/** `npm run screens [-- WORD …]`: pictures of every screen in every state (or of those with a word in their name), in every language and look, and a page to see them on: screens/index.html. */
const AT_ONCE = 2;
const words = process.argv.slice(2);
const wanted = everyState.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const languages = Object.keys(spoken) as Spoken[];
const left = wanted.flatMap((state) => languages.map((language) => ({ state, language })));
const failed: string[] = [];

const browser = await launched();
console.log(`${left.length} screens, each in ${looks.length} looks …`);
if (words.length === 0) rmSync(screens, { recursive: true, force: true });
const { folder, remove } = await built("web");
await Promise.all(Array.from({ length: AT_ONCE }, worker));
await browser.close();
remove();
writeFileSync(join(screens, "index.html"), gallery());
console.log(`Look at them: ${join("screens", "index.html")}`);
if (failed.length > 0) {
  console.error(`Could not be reached:\n${failed.join("\n")}`);
  process.exitCode = 1;
}

/** An exchange of its own shows one state after another. */
async function worker(): Promise<void> {
  let world = emptyWorld();
  const exchange = await fakeExchange(folder, () => world);
  const stage: Stage = {
    browser: () => browser,
    origin: () => exchange.origin,
    show: (known) => {
      world = known;
    },
  };
  for (let next = left.shift(); next !== undefined; next = left.shift()) await picture(next, stage);
  await exchange.close();
}

async function picture({ state, language }: (typeof left)[number], stage: Stage): Promise<void> {
  try {
    const { page } = await arrivedIn(state, language, stage);
    await inEveryLook(page, (looked, look) => pictured(looked, `${state.name}-${language}`, look));
    await page.context().close();
  } catch (error) {
    failed.push(`${state.name} (${language}): ${error instanceof Error ? error.message.split("\n")[0] : error}`);
  }
}

function gallery(): string {
  const pictures = ({ name }: (typeof wanted)[number]) =>
    languages.flatMap((language) =>
      looks.map(({ look, width }) => {
        const file = `${name}-${language}-${look}.png`;
        return `<a href="${file}"><img loading="lazy" width="${width / 2}" src="${file}" alt="${name}, ${language}, ${look}"></a>`;
      }),
    );
  const sections = wanted.map((state) => `<h2>${state.name}</h2><p>${pictures(state).join("\n")}</p>`);
  return `<!doctype html><meta charset="utf-8"><title>Screens</title>
<style>body{font:16px system-ui;margin:2rem;background:#888}p{display:flex;gap:1rem;overflow-x:auto;align-items:flex-start}</style>
${sections.join("\n")}
`;
}
