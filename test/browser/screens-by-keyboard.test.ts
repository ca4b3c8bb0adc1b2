import { test } from "vitest";
import { byKeyboard } from "./by-keyboard.ts";
import { everyState } from "./every-state.ts";
import { arrivedIn } from "./looks.ts";
import { stageInChromium } from "./wallet-in-chromium.ts";

const stage = stageInChromium();

/** Every state that is reached by doing something: the same without a pointer. */
test.each(everyState.filter(({ does }) => does !== undefined))(
  "WCAG 2.1.1 2.4.11 by keyboard alone: $name",
  { timeout: 60_000 },
  async (state) => {
    const { page } = await arrivedIn(state, "en", stage, byKeyboard);
    await page.context().close();
  },
);
