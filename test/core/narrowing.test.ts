import { describe, expect, test } from "vitest";
import type { ConsentSource } from "../../core/consent.ts";
import { partOf, withShare } from "../../core/share.ts";

const source: ConsentSource = {
  linkId: "link",
  linkGeneration: 1,
  resourceServerId: "rs_1",
  location: "https://registry.test",
  handle: "consent_1",
  sub: "sub",
  grants: [
    { type: "https://fpx.example/definitions/a", actions: ["read", "write"], purpose: "p", resourceIds: ["1"] },
    { type: "https://fpx.example/definitions/a", actions: ["read"], purpose: "q", resourceIds: ["2"] },
    { type: "https://fpx.example/definitions/a", actions: ["read"], purpose: "q", resourceIds: ["3"] },
  ],
};
const [first, second, third] = source.grants;

describe("RFC 9396 §9.1 the share of a source that a token carries", () => {
  test("all of it needs no word", () => {
    expect(partOf(source, [["read", "write"], ["read"], ["read"]])).toEqual({ source, left: source, share: undefined });
    expect(withShare(source, undefined)).toBe(source);
  });
  test.each([
    [[["write"], [], []], [{ ...first, actions: ["write"] }]],
    [
      [["read"], ["read"], []],
      [{ ...first, actions: ["read"] }, second],
    ],
    [[[], [], ["read"]], [third]],
    [[[], [], []], []],
  ])("what is left comes back, of two grants alike the right one: %j", (actions, grants) => {
    const { left, share } = partOf(source, actions);
    expect(left).toEqual({ ...source, grants });
    expect(share).toHaveLength(3);
    expect(withShare(source, share)).toEqual(left);
  });
  test("a share of another shape opens nothing more", () => {
    expect(withShare(source, []).grants).toEqual([]);
    expect(withShare(source, [0, 8]).grants).toEqual([]);
  });
});
