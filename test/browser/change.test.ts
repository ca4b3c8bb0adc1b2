import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Notice } from "../../protocol/wallet.ts";
import { noticeOfLonger, noticeOfMerge, noticeOfReplace, screenOf } from "../wallet/seen-by-june.ts";
import { authenticator, juneOn } from "./chromium.ts";
import { emptyWorld, type World } from "./fake-exchange.ts";
import { walletInChromium } from "./wallet-in-chromium.ts";

let world: World;
const wallet = walletInChromium(() => world);
async function asked(notice: Notice): Promise<Page> {
  world = emptyWorld();
  world.requests = [await screenOf(notice)];
  const page = await juneOn(wallet.browser(), { viewport: { width: 360, height: 640 } });
  await authenticator(page, true, "localhost");
  await page.goto(`${wallet.origin()}/#/requests/con_r1-waiting`);
  await page.getByRole("heading", { level: 1, name: "My Immunizations asks to change what it sees" }).waitFor();
  return page;
}
const visible = (page: Page, text: string) => page.getByText(text).filter({ visible: true }).count();
const marks = (page: Page) => page.locator("section .pill").filter({ visible: true }).allTextContents();

test("UX-08 of a change only the differences are in sight, marked; what stays the same is one tap away", async () => {
  const page = await asked(noticeOfMerge);
  expect(await marks(page)).toEqual(["New", "New", "Longer"]);
  expect(await visible(page, "Be told when new vaccines are recorded")).toBe(1);
  expect(await visible(page, "Read your vaccines")).toBe(0);
  expect(await visible(page, "Read your allergies")).toBe(0);
  await page.getByText("What stays the same").click();
  expect(await visible(page, "Read your vaccines")).toBe(1);
  expect(await visible(page, "Read your allergies")).toBe(1);
});

test("UX-08 a merge takes no source away: what gives it now is fixed, others can be added", async () => {
  const page = await asked(noticeOfMerge);
  await page.getByText("As now: Provincial Immunization Registry").click();
  const sources = page.locator("section", { has: page.locator("#where-0") });
  expect(await sources.getByRole("checkbox", { name: /Provincial/ }).isDisabled()).toBe(true);
  expect(await sources.getByRole("checkbox", { name: /Provincial/ }).isChecked()).toBe(true);
  await sources.getByText("Lakeside Family Clinic").click();
  await page.getByText("Yes, this too: Immunization history").click();
  await page.getByRole("button", { name: /^Approve/ }).click();
  await page.getByRole("heading", { level: 1, name: "My Immunizations may see it now" }).waitFor();
  const [consent] = world.consents;
  expect(consent?.kinds.map(({ sources, actions }) => [sources, actions])).toEqual([
    [
      ["Provincial Immunization Registry", "Lakeside Family Clinic"],
      ["read", "subscribe"],
    ],
    [["Lakeside Family Clinic"], ["view"]],
  ]);
  expect(consent?.endsAt).toBe(noticeOfMerge.durations[1]?.endsAt);
});

test("UX-08 what a replacement would end is marked; UX-05 the end it has now is offered where it may last longer", async () => {
  const page = await asked(noticeOfReplace);
  expect(await marks(page)).toEqual(["No longer", "No longer", "Shorter"]);
  expect(await visible(page, "Be told when new vaccines are recorded")).toBe(1);
  expect(await visible(page, "Read your allergies")).toBe(1);
  const longer = await asked(noticeOfLonger);
  expect(await marks(longer)).toEqual(["Longer"]);
  await longer.getByText("As now", { exact: true }).click();
  expect(await marks(longer)).toEqual([]);
});

test("UX-01 UX-02 of a change, too: the questions in order, two equal answers that say what they do", async () => {
  const page = await asked(noticeOfLonger);
  const headings = await page.getByRole("heading", { level: 2 }).allTextContents();
  const expected = [
    "Who asks",
    "What they will see",
    "Why",
    "For how longLonger",
    "Where it comes from",
    "If you say no",
  ];
  expect(headings.filter((heading) => expected.includes(heading))).toEqual(expected);
  const decline = await page
    .getByRole("button", { name: "Decline: nothing changes for My Immunizations" })
    .boundingBox();
  const approve = await page.getByRole("button", { name: /^Approve: My Immunizations/ }).boundingBox();
  expect(decline).toMatchObject({ y: approve?.y, height: approve?.height, width: approve?.width });
});
