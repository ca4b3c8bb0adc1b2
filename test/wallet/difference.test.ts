import { expect, test } from "vitest";
import { chosen, firstChoices } from "../../wallet/request/choices.ts";
import { actionsOf, endDiffers, lostActions, sourcesStay } from "../../wallet/request/difference.ts";
import { notice, noticeOfLonger, noticeOfMerge, noticeOfReplace } from "./seen-by-june.ts";

const first = <T>([item]: readonly T[]): T => item as T;
const names = (actions: readonly { readonly action: string }[]) => actions.map(({ action }) => action);

test("UX-08 what differs: actions the app has not, actions it would lose, sources that cannot go on", () => {
  const [merge, replace, plain] = [noticeOfMerge, noticeOfReplace, notice].map(({ asked }) => first(asked));
  if (merge === undefined || replace === undefined || plain === undefined) throw new Error("no kind");
  expect([names(actionsOf(merge).differ), names(actionsOf(merge).same)]).toEqual([["subscribe"], ["read"]]);
  expect(names(actionsOf(plain).differ)).toEqual(["read", "subscribe"]);
  expect(lostActions(replace, noticeOfReplace.change)).toEqual(["Be told when new vaccines are recorded"]);
  expect(lostActions(replace, noticeOfMerge.change)).toEqual([]);
  expect([merge, replace, plain].map(sourcesStay)).toEqual([true, true, false]);
  expect(sourcesStay({ ...merge, before: { actions: [], sources: ["lnk_3"] } })).toBe(false);
});

test("UX-08 UX-03 what was chosen before is chosen again, and nothing else that is optional", () => {
  expect(firstChoices(noticeOfLonger)).toMatchObject({ optional: [["subscribe"]], sources: [["lnk_1"]] });
  expect(firstChoices(noticeOfReplace).sources).toEqual([["lnk_1", "lnk_2"]]);
  expect(firstChoices(noticeOfMerge).sources).toEqual([["lnk_1"], ["lnk_2"]]);
  expect(chosen(firstChoices(noticeOfMerge), { type: "again", notice })).toEqual(firstChoices(notice));
});

test("UX-08 how an end stands to the one in force", () => {
  const end = noticeOfMerge.change?.endsAt ?? 0;
  expect([end - 1, end, end + 1].map((endsAt) => endDiffers(noticeOfMerge, endsAt))).toEqual([
    "shorter",
    "same",
    "longer",
  ]);
  expect(endDiffers(notice, end)).toBeUndefined();
});
