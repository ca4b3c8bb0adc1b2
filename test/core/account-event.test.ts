import { expect, test } from "vitest";
import { type AccountEvent, noted, standing } from "../../core/account-event.ts";
import type { Person } from "../../core/person.ts";

const june: Person = {
  status: "active",
  name: "June",
  pairwiseKey: "",
  createdAt: 0,
  passkeys: ["a"],
  blocked: [],
};
const after = (...events: readonly AccountEvent[]) => events.reduce(noted, june).happened ?? [];
const YEAR = 365 * 86_400;

test("what happened is newest first, and five of a kind push out none of another", () => {
  const gone: AccountEvent = { at: 1, what: "passkey_removed", device: "Old phone", since: 0 };
  const many = Array.from({ length: 50 }, (_, n): AccountEvent => ({ at: 2 + n, what: "signed_out_elsewhere" }));
  const happened = after(gone, ...many);
  expect(happened.map(({ at }) => at)).toEqual([51, 50, 49, 48, 47, 1]);
  expect(happened.at(-1)).toEqual(gone);
});

test("after 13 months it is neither kept nor shown", () => {
  const asked: AccountEvent = { at: 1, what: "recovery_asked" };
  expect(standing(after(asked), 1 + YEAR)).toEqual([asked]);
  expect(standing(after(asked), 2 + 400 * 86_400)).toEqual([]);
  expect(after(asked, { at: 2 + 400 * 86_400, what: "recovered" })).toHaveLength(1);
});

test("with as many as there can be, of the longest names, the record grows by less than 10 kB", () => {
  const device = "\u{1F9D1}\u200D\u{1F33E}".repeat(36);
  const kinds = ["passkey_removed", "device_removed", "session_ended", "recovered"] as const;
  const full = kinds.flatMap((what) => Array.from({ length: 9 }, (_, at): AccountEvent => ({ at, what, device })));
  const bytes = new TextEncoder().encode(JSON.stringify(after(...full))).length;
  expect(bytes).toBeLessThan(10_000);
});
