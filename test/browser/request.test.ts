import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { consents, notice, noticeOfMerge, noticeOfTwo, now, screenOf } from "../wallet/seen-by-june.ts";
import { authenticator, juneOn } from "./chromium.ts";
import { emptyWorld, type World } from "./fake-exchange.ts";
import { walletInChromium } from "./wallet-in-chromium.ts";

let world: World;
const wallet = walletInChromium(() => world);

const HEADING = "My Immunizations asks to see: Immunization history";

/** June in front of a request that waits for her. */
async function asked(): Promise<Page> {
  world = emptyWorld();
  world.requests = [await screenOf(notice)];
  const page = await juneOn(wallet.browser(), { viewport: { width: 360, height: 640 } });
  await authenticator(page, true, "localhost");
  await page.goto(`${wallet.origin()}/#/requests/con_r1-waiting`);
  await page.getByRole("heading", { level: 1, name: HEADING }).waitFor();
  return page;
}

test("UX-01 the questions come in order: who, what, why, how long, from where, and what a no means; each is a region by its name", async () => {
  const page = await asked();
  const headings = await page.getByRole("heading", { level: 2 }).allTextContents();
  const expected = ["Who asks", "What they will see", "Why", "For how long", "Where it comes from", "If you say no"];
  expect(headings.filter((heading) => expected.includes(heading))).toEqual(expected);
  for (const name of expected) expect(await page.getByRole("region", { name }).count(), name).toBe(1);
  const who = page.getByRole("region", { name: "Who asks" });
  for (const fact of ["My Immunizations", "immunizations.example", "Here since", "vouches for this name"])
    await who.getByText(fact).first().waitFor();
  await page.getByRole("region", { name: "For how long" }).getByText("As often as it likes, until").waitFor();
});

test("UX-02 Decline and Approve are equal in size and reach, and say whom they answer", async () => {
  const page = await asked();
  const decline = await page.getByRole("button", { name: /^Decline: My Immunizations/ }).boundingBox();
  const approve = await page.getByRole("button", { name: /^Approve: My Immunizations/ }).boundingBox();
  expect(decline).toMatchObject({ y: approve?.y, height: approve?.height, width: approve?.width });
  expect(approve?.height).toBeGreaterThanOrEqual(44);
});

test("UX-03 UX-04 UX-05 what needs a choice is off, what cannot serve is closed, the wish is chosen", async () => {
  const page = await asked();
  expect(await page.getByRole("checkbox", { name: /Be told when/ }).isChecked()).toBe(false);
  expect(await page.getByRole("checkbox", { name: /Read your vaccines/ }).count()).toBe(0);
  expect(await page.getByRole("checkbox", { name: /Provincial/ }).isChecked()).toBe(true);
  expect(await page.getByRole("checkbox", { name: /City Travel Clinic/ }).isDisabled()).toBe(true);
  expect(await page.getByRole("radio", { name: "90 days" }).isChecked()).toBe(true);
});

test("UX-02 a no takes one tap and a yes no fewer; neither is chosen before, and one is as easy to read as the other", async () => {
  const page = await asked();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
  const buttons = [page.getByRole("button", { name: /^Decline/ }), page.getByRole("button", { name: /^Approve/ })];
  for (const button of buttons) expect(await contrastOf(button)).toBeGreaterThanOrEqual(7);
  const sizes = await Promise.all(buttons.map((button) => button.evaluate((it) => getComputedStyle(it).font)));
  expect(new Set(sizes).size).toBe(1);
  await page.getByRole("button", { name: /^Decline/ }).click();
  await page.getByRole("heading", { level: 1, name: "You said no" }).waitFor();
});

test("UX-03 of two needed and three optional things the needed are locked with a reason, and none of the others is on; each purpose stands by itself", async () => {
  world = emptyWorld();
  const [first, second] = noticeOfTwo.asked;
  if (first === undefined || second === undefined) throw new Error("two kinds");
  const needed = [1, 2].map((n) => ({
    action: `n${n}`,
    text: `Needed thing ${n}`,
    required: true,
    reason: `Why ${n}`,
  }));
  const optional = [1, 2, 3].map((n) => ({ action: `o${n}`, text: `Optional thing ${n}`, required: false }));
  world.requests = [
    await screenOf({ ...noticeOfTwo, asked: [{ ...first, actions: [...needed, ...optional] }, second] }),
  ];
  const page = await juneOn(wallet.browser());
  await page.goto(`${wallet.origin()}/#/requests/con_r1-waiting`);
  const what = page.getByRole("region", { name: "What they will see" });
  await what.waitFor();
  for (const n of [1, 2]) {
    await what.getByText(`Needed. Why ${n}.`).waitFor();
    expect(await what.getByRole("checkbox", { name: `Needed thing ${n}` }).count()).toBe(0);
  }
  for (const n of [1, 2, 3])
    expect(await what.getByRole("checkbox", { name: `Optional thing ${n}` }).isChecked()).toBe(false);
  const why = page.getByRole("region", { name: "Why" });
  for (const { purpose } of [first, second]) expect(await why.locator("p", { hasText: purpose }).count()).toBe(1);
});

test("UX-09 a sensitive kind among others has a line and a yes of its own, off at first; without it nothing is approved", async () => {
  world = emptyWorld();
  world.requests = [await screenOf(noticeOfTwo)];
  const page = await juneOn(wallet.browser());
  await authenticator(page, true, "localhost");
  await page.goto(`${wallet.origin()}/#/requests/con_r1-waiting`);
  const yes = page.getByRole("checkbox", { name: "Yes, this too: Immunization history" });
  await yes.waitFor();
  await page.getByText("This is health information.").waitFor();
  expect(await yes.isChecked()).toBe(false);
  expect(await page.getByRole("checkbox", { name: "Yes, this too: Documents" }).count()).toBe(0);
  await page.getByRole("button", { name: /^Approve/ }).click();
  await page.getByRole("alert").getByText("This needs a yes of its own: Immunization history.").waitFor();
  expect(world.consents).toEqual([]);
  await page.getByText("Yes, this too: Immunization history").click();
  await page.getByRole("button", { name: /^Approve/ }).click();
  await page.getByRole("heading", { level: 1, name: "Summer Camp Sign-up may see it now" }).waitFor();
});

test("A6 by keyboard alone: choose, shorten, approve; nothing with the focus is under the bar", async () => {
  const page = await asked();
  const seen: string[] = [];
  for (let n = 0; n < 20; n++) {
    await page.keyboard.press("Tab");
    const focus = await focused(page);
    seen.push(focus.name);
    expect(focus.covered, focus.name).toBe(false);
    if (/^Lakeside/.test(focus.name)) await page.keyboard.press("Space");
    if (/90 days/.test(focus.name)) await page.keyboard.press("ArrowLeft");
    if (/^Approve/.test(focus.name)) break;
  }
  expect(seen.at(-1)).toMatch(/^Approve: My Immunizations/);
  expect(seen.at(-2)).toMatch(/^Decline: My Immunizations/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "My Immunizations may see it now" }).waitFor();
  expect((await focused(page)).name).toBe("My Immunizations may see it now");
  const [consent] = world.consents;
  expect(consent?.kinds[0]?.sources).toEqual(["Provincial Immunization Registry", "Lakeside Family Clinic"]);
  expect(consent?.endsAt).toBe(notice.durations[1]?.endsAt);
});

test("design §8 an older screen fetches a fresh nonce for the same text before the ceremony", async () => {
  const page = await asked();
  world.asked.length = 0;
  await page.clock.setFixedTime(Date.now() + 250_000);
  await page.getByRole("button", { name: /^Approve/ }).click();
  await page.getByRole("heading", { level: 1, name: "My Immunizations may see it now" }).waitFor();
  expect(world.asked.filter((call) => call.includes("con_r1-waiting"))).toEqual([
    "GET /wallet/requests/con_r1-waiting",
    "POST /wallet/requests/con_r1-waiting/approve",
  ]);
});

test.each([
  ["with a message to compare", notice, {}],
  ["without one", noticeOfTwo, {}],
  ["with a number to type", noticeOfTwo, { missesLeft: 3 }],
  ["begun in a browser elsewhere", { ...noticeOfTwo, began: { at: 1, elsewhere: true } }, { missesLeft: 3 }],
  ["of a change", noticeOfMerge, {}],
] as const)("UX-39 who did not start this is told to decline: a request %s", async (_, shown, more) => {
  world = emptyWorld();
  world.requests = [await screenOf(shown, more)];
  const page = await juneOn(wallet.browser());
  await page.goto(`${wallet.origin()}/#/requests/con_r1-waiting`);
  await page
    .getByText(/you did not start (this|it)[^.]*decline\./)
    .first()
    .waitFor();
  expect(await page.getByRole("button", { name: "I did not start this" }).count()).toBe(1);
});

test("UX-38 one clock for a person: the list and the screen count the same time, that of the app’s own end", async () => {
  const page = await asked();
  const [waiting] = world.requests;
  if (waiting !== undefined) world.requests = [{ ...waiting, expiresAt: now() + 810 }];
  await page.reload();
  await page.locator(".time").getByText("14 minutes left to answer").first().waitFor();
  await page.getByRole("link", { name: "Home" }).click();
  await page.locator(".calling").getByText("14 minutes left to answer").waitFor();
});

test("UX-01 a no says only what is true, whatever else the app sees by other permissions", async () => {
  const page = await asked();
  world.consents = [...consents];
  await page.getByRole("button", { name: "Decline: My Immunizations does not get this", exact: true }).waitFor();
  await page.getByRole("button", { name: "I did not start this" }).click();
  await page.getByRole("heading", { level: 1, name: "Thank you for telling us" }).waitFor();
  await page.getByText("Nothing was shared through this request.").waitFor();
  await page.getByRole("region", { name: "You allowed My Immunizations this before, and it stays" }).waitFor();
});

test("UX-38 WCAG 2.2.1 20 s before the time is over one press gives more, with a fresh nonce; nothing chosen is lost", async () => {
  const page = await asked();
  await page.getByText("Lakeside Family Clinic").click();
  await page.getByRole("radio", { name: "30 days" }).press("Space");
  world.asked.length = 0;
  await page.clock.setFixedTime(Date.now() + 285_000);
  await page.getByRole("alert").getByText("about to pause").waitFor();
  await page.getByRole("button", { name: "Give me more time" }).press("Enter");
  await page.getByText("about to pause").waitFor({ state: "detached" });
  await expect.poll(() => world.asked).toContain("GET /wallet/requests/con_r1-waiting");
  await approvedAsChosen(page);
});

test("UX-38 after it the screen shows nothing, offers to go on while the app waits, and has every choice; then comes the dead end", async () => {
  const page = await asked();
  await page.getByText("Lakeside Family Clinic").click();
  await page.getByRole("radio", { name: "30 days" }).press("Space");
  await page.clock.setFixedTime(Date.now() + 310_000);
  await page.getByRole("heading", { level: 1, name: "Are you still there?" }).waitFor();
  expect(await page.getByText("Immunization history").count()).toBe(0);
  await page.getByRole("button", { name: "Go on reading" }).click();
  await page.getByRole("heading", { level: 1, name: HEADING }).waitFor();
  await approvedAsChosen(page);

  const late = await asked();
  await late.clock.setFixedTime(Date.now() + 310_000);
  await late.getByRole("heading", { level: 1, name: "Are you still there?" }).waitFor();
  await late.clock.setFixedTime(Date.now() + 600_000);
  await late.getByRole("heading", { level: 1, name: "Too late for this one" }).waitFor();
});

test("UX-38 a request answered elsewhere while this screen paused says so, and one that changed is read anew", async () => {
  const page = await asked();
  await page.clock.setFixedTime(Date.now() + 310_000);
  world.refuse["GET /wallet/requests/con_r1-waiting"] = 410;
  await page.getByRole("button", { name: "Go on reading" }).click();
  await page.getByRole("heading", { level: 1, name: "Already answered" }).waitFor();

  const other = await asked();
  await other.clock.setFixedTime(Date.now() + 310_000);
  world.requests = [await screenOf({ ...notice, bindingMessage: "Grey heron 48" })];
  await other.getByRole("button", { name: "Go on reading" }).click();
  await other.getByText("Something changed while you were reading").waitFor();
  await other.getByText("Grey heron 48").waitFor();
});

/** Both sources, in the order ticked, for 30 days. */
async function approvedAsChosen(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Approve/ }).click();
  await page.getByRole("heading", { level: 1, name: "My Immunizations may see it now" }).waitFor();
  const [consent] = world.consents;
  expect(consent?.kinds[0]?.sources).toEqual(["Provincial Immunization Registry", "Lakeside Family Clinic"]);
  expect(consent?.endsAt).toBe(notice.durations[1]?.endsAt);
}

test("UX-18 opened again after its answer, a request says what was answered and leads to its consent", async () => {
  const page = await asked();
  const [consent] = consents;
  world.requests = [];
  world.consents = [...consents];
  const closed = {
    client: "My Immunizations",
    answer: "approved",
    at: now() - 60,
    consent: consent?.id ?? "",
  } as const;
  world.refuse["GET /wallet/requests/con_r1-waiting"] = [410, "used", closed];
  world.refuse["POST /wallet/requests/con_r1-waiting/decline"] = [409, "conflict"];
  await page.getByRole("button", { name: /^Decline/ }).click();
  await page.getByRole("heading", { level: 1, name: "You already said yes" }).waitFor();
  await page.getByRole("link", { name: "See the details: My Immunizations" }).click();
  await page.getByRole("button", { name: "Stop sharing" }).waitFor();
});

test("UX-10 “I did not start this” is one tap", async () => {
  const page = await asked();
  await page.getByRole("button", { name: "I did not start this" }).click();
  await page.getByRole("heading", { level: 1, name: "Thank you for telling us" }).waitFor();
  expect(world.requests).toEqual([]);
});

test("signed out on the way: sign in, and be back where it was", async () => {
  const page = await asked();
  world.me = undefined;
  await page.reload();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("heading", { level: 1, name: HEADING }).waitFor();
});

const SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }";
const DOUBLED = "html { font-size: 200% !important }";

test.each([
  ["1.4.12 with wide spacing", 320, SPACED],
  ["1.4.4 with letters twice as large", 480, DOUBLED],
])("WCAG %s nothing is cut off and nothing scrolls sideways", async (_, width, content) => {
  world = emptyWorld();
  world.requests = [await screenOf(notice)];
  const page = await juneOn(wallet.browser(), { viewport: { width, height: 900 }, bypassCSP: true });
  await page.goto(`${wallet.origin()}/#/requests/con_r1-waiting`);
  await page.getByRole("heading", { level: 1, name: HEADING }).waitFor();
  await page.addStyleTag({ content });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll(".button, .segment, .item, .pill")]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .map(({ outerHTML }) => outerHTML),
  );
  expect(cut).toEqual([]);
  await page.screenshot({ path: `screens/request-enlarged-${width}.png`, fullPage: true });
});

/** What has the focus: its name, and whether something lies over its middle (WCAG 2.4.11). */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const shown = element.closest("label") ?? element;
    const { left, top, width, height } = shown.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    const name = element.getAttribute("aria-label") ?? shown.textContent ?? "";
    return { name, covered: over !== null && !shown.contains(over) && !over.contains(shown) };
  });

/** WCAG 1.4.3: of the letters on a button to what is behind them. */
const contrastOf = (button: Locator) =>
  button.evaluate((it) => {
    const { color, backgroundColor } = getComputedStyle(it);
    const [a = 0, b = 0] = [color, backgroundColor].map((text) => {
      const [red = 0, green = 0, blue = 0] = (text.match(/\d+/g) ?? []).map((part) => {
        const level = Number(part) / 255;
        return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  });
