import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { built } from "./built.ts";
import { launched } from "./chromium.ts";
import { emptyWorld, fakeExchange, type World } from "./fake-exchange.ts";
import type { Stage } from "./looks.ts";
import type { Listening } from "./pages.ts";

/** The built Wallet on an exchange that knows `world`, and a Chromium to open it in, for the tests of one file. */
export function walletInChromium(world: () => World): {
  readonly browser: () => Browser;
  readonly origin: () => string;
  /** Where its files are. */
  readonly folder: () => string;
} {
  let app: Awaited<ReturnType<typeof built>>;
  let browser: Browser;
  let exchange: Listening;
  beforeAll(async () => {
    app = await built("web");
    exchange = await fakeExchange(app.folder, world);
    browser = await launched();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await exchange?.close();
    app?.remove();
  });
  return { browser: () => browser, origin: () => exchange.origin, folder: () => app.folder };
}

/** The same, where each state shows a world of its own. */
export function stageInChromium(): Stage {
  let world = emptyWorld();
  return {
    ...walletInChromium(() => world),
    show: (known) => {
      world = known;
    },
  };
}
