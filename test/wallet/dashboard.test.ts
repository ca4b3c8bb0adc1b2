import { describe, expect, test } from "vitest";
import type { ConsentView } from "../../protocol/wallet.ts";
import { FILTERS, filterOf, found } from "../../wallet/dashboard/found.ts";

const consent = (id: string, more: Partial<ConsentView> = {}): ConsentView => ({
  id,
  client: "Café Santé",
  state: "active",
  kinds: [{ title: "Immunization history", actions: [], purpose: "", sources: ["Lakeside Clinic"] }],
  createdAt: 0,
  ...more,
});

describe("UX-13 the list", () => {
  test.each([
    [{ state: "active" }, "active"],
    [{ state: "active", notInUse: true }, "active"],
    [{ state: "paused" }, "paused"],
    [{ state: "declined", endedBy: "declined" }, "refused"],
    [{ state: "declined", endedBy: "unanswered" }, "refused"],
    [{ state: "declined", endedBy: "not_me" }, "refused"],
    [{ state: "ended", endedBy: "withdrawn" }, "withdrawn"],
    [{ state: "ended", endedBy: "expired" }, "expired"],
    [{ state: "ended", endedBy: "lapsed" }, "expired"],
    [{ state: "ended", endedBy: "released" }, "expired"],
  ] as const)("UX-13 %o is %s", (more, filter) => {
    expect(filterOf(consent("a", more))).toBe(filter);
    expect(FILTERS).toContain(filter);
  });

  test.each([
    ["", true],
    ["  ", true],
    ["cafe", true],
    ["SANTÉ", true],
    ["lakeside immun", true],
    ["lakeside bank", false],
  ])(
    "UX-13 “%s” is looked for in the app's name, the kinds and the sources, without accents and capitals: %s",
    (search, finds) => expect(found([consent("a")], search)).toHaveLength(finds ? 1 : 0),
  );

  test("UX-13 what stands comes first, each part as it came", () => {
    const all = [
      consent("new", { state: "ended" }),
      consent("b"),
      consent("old", { state: "declined" }),
      consent("c", { state: "paused" }),
    ];
    expect(found(all, "").map(({ id }) => id)).toEqual(["b", "c", "new", "old"]);
  });
});
