import { expect, test } from "vitest";
import { approvalChallenge } from "../../protocol/approval.ts";
import { approvalOf, chosen, firstChoices, withoutSource } from "../../wallet/request/choices.ts";
import { notice, noticeOfTwo, noticeWithoutSource, screenOf } from "./seen-by-june.ts";

test("UX-03 UX-04 UX-05 at first: nothing optional, the first source that can serve, the time asked for", () => {
  expect(firstChoices(noticeOfTwo)).toEqual({
    optional: [[], []],
    sources: [["lnk_1"], ["lnk_2"]],
    duration: 2,
    explicit: [],
  });
  expect(withoutSource(firstChoices(notice))).toBeUndefined();
  expect(withoutSource(firstChoices(noticeWithoutSource))).toBe(0);
});

test("UX-04 a source that is ticked later comes later, until it is put first", () => {
  const first = firstChoices(notice);
  const unticked = chosen(first, { type: "sources", kind: 0, sources: [] });
  const second = chosen(unticked, { type: "sources", kind: 0, sources: ["lnk_2"] });
  const both = chosen(second, { type: "sources", kind: 0, sources: ["lnk_1", "lnk_2"] });
  expect(both.sources).toEqual([["lnk_2", "lnk_1"]]);
  expect(chosen(both, { type: "source_first", kind: 0, source: "lnk_1" }).sources).toEqual([["lnk_1", "lnk_2"]]);
  expect(withoutSource(unticked)).toBe(0);
});

test("design §8 what is signed: the required actions and the chosen ones in the screen's order, sources, end, notice", async () => {
  const screen = await screenOf(notice);
  const some = chosen(firstChoices(notice), { type: "optional", kind: 0, actions: ["subscribe"] });
  const shorter = chosen(some, { type: "duration", index: 0 });
  expect(approvalOf(screen, shorter)).toEqual({
    v: 1,
    decision: "approve",
    request: screen.id,
    revision: 1,
    nonce: screen.nonce,
    actions: [["read", "subscribe"]],
    sources: [["lnk_1"]],
    endsAt: notice.durations[0]?.endsAt,
    notice: screen.noticeHash,
    language: "en",
  });
  expect(await approvalChallenge(approvalOf(screen, shorter))).not.toBe(
    await approvalChallenge(approvalOf(screen, firstChoices(notice))),
  );
});

test("a screen that changed is read anew: no earlier choice survives", () => {
  const tuned = chosen(firstChoices(notice), { type: "duration", index: 0 });
  expect(chosen(tuned, { type: "again", notice })).toEqual(firstChoices(notice));
});

test("UX-32 the number typed is signed, and only where one was typed", async () => {
  const screen = { ...(await screenOf(notice)), missesLeft: 3 };
  const first = firstChoices(notice);
  expect(approvalOf(screen, first)).not.toHaveProperty("number");
  const picked = approvalOf(screen, chosen(first, { type: "number", number: "47" }));
  expect(picked).toMatchObject({ number: "47" });
  const other = approvalOf(screen, chosen(first, { type: "number", number: "12" }));
  expect(await approvalChallenge(picked)).not.toBe(await approvalChallenge(other));
  expect(chosen(chosen(first, { type: "number", number: "47" }), { type: "number", number: undefined }).number).toBe(
    undefined,
  );
});
