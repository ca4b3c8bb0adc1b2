import { expect, test } from "vitest";
import type { Person } from "../../core/person.ts";
import { isSignedOut, SESSION_LIFE, type SignOut, signedOut } from "../../core/sign-out.ts";

const june: Person = {
  status: "active",
  name: "June",
  pairwiseKey: "",
  createdAt: 0,
  passkeys: ["a", "b"],
  blocked: [],
};
const session = (hash: string, passkey = "a", at = 100) => ({ hash, passkey, at });
const own = session("own", "b");
const after = (...ended: readonly SignOut[]) => ended.reduce((person, next) => signedOut(person, next, own), june);

test("a passkey ends what it opened, a session itself, and all but one everything that began until then", () => {
  expect(isSignedOut(june, own)).toBe(false);
  expect(isSignedOut(after({ at: 90, passkey: "a" }), session("x"))).toBe(true);
  expect(isSignedOut(after({ at: 90, passkey: "a" }), own)).toBe(false);
  expect(isSignedOut(after({ at: 90, session: "x" }), session("x"))).toBe(true);
  expect(isSignedOut(after({ at: 100, allBut: "own" }), session("x"))).toBe(true);
  expect(isSignedOut(after({ at: 99, allBut: "own" }), session("x"))).toBe(false);
  expect(isSignedOut(after({ at: 100, allBut: "own" }), own)).toBe(false);
});

test("what outlived every session is forgotten, and all but one says everything before it", () => {
  const late = { at: 90 + SESSION_LIFE, session: "y" };
  expect(after({ at: 90, passkey: "a" }, late).signOuts).toEqual([late]);
  expect(after({ at: 90, passkey: "a" }, { at: 95, allBut: "own" }).signOuts).toEqual([{ at: 95, allBut: "own" }]);
});

test("so many that the record would grow end every other session, and forget none", () => {
  const many = Array.from({ length: 50 }, (_, n) => ({ at: 100, session: `s${n}` }));
  const { signOuts = [] } = after(...many);
  expect(signOuts.length).toBeLessThanOrEqual(20);
  for (const { session: hash } of many) expect(isSignedOut({ signOuts }, session(hash))).toBe(true);
});
