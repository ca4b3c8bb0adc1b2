import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryRecords } from "../../adapters/memory/records.ts";
import { aesGcm } from "../../adapters/openssl/aes-gcm.ts";
import { type Consent, isInForce } from "../../core/consent.ts";
import { overdue } from "../../core/due.ts";
import { pace } from "../../core/grants/pace.ts";
import { type HandleKind, handleKind, newHandle, openHandle, sameHash } from "../../core/handles.ts";
import { linkOfResource, newResourceId } from "../../core/link.ts";
import { subAtClient, subAtResourceServer } from "../../core/pairwise.ts";
import { capabilityPolicy } from "../../core/policy.ts";
import { randomCode, spelledCode } from "../../core/random.ts";
import { registry } from "../../core/registry.ts";
import { rewritten } from "../../core/rewritten.ts";
import { type Seal, seal, unseal } from "../../core/seal.ts";
import { approved, collected, declined, ended, requested, tokensRevoked } from "../../core/transitions.ts";

const waiting = requested({
  personId: "june",
  clientId: "client_a",
  requestId: "r",
  door: "backchannel",
  terms: { details: [] },
  scope: ["openid"],
  createdAt: 100,
  expiresAt: 1_000,
});
const decided = { sources: [], endsAt: 5_000, decidedAt: 200, noticeHash: "n", evidenceHash: "e", decisionId: "d" };
const active = approved(waiting, decided);

describe("The Consent's states", () => {
  test("what ended or was declined never returns", () => {
    for (const over of [declined(waiting, "declined", 1), ended(active, "withdrawn", 1)]) {
      expect(() => approved(over, decided)).toThrow();
      expect(() => declined(over, "declined", 2)).toThrow();
      expect(() => ended(over, "expired", 2)).toThrow();
      expect(() => collected(over, undefined, 2)).toThrow();
    }
    expect(() => ended(waiting, "withdrawn", 1)).toThrow();
  });
  test("withdrawing, revoking and replay raise generation and take the refresh tokens; collecting keeps at most five", () => {
    let consent = active;
    for (let n = 0; n < 7; n++) consent = collected(consent, { hash: `h${n}`, issuedAt: n }, 300);
    expect(consent.refreshTokens.map(({ hash }) => hash)).toEqual(["h6", "h5", "h4", "h3", "h2"]);
    expect(consent.generation).toBe(1);
    for (const next of [ended(consent, "withdrawn", 400), tokensRevoked(consent, "replayed", 400)])
      expect(next).toMatchObject({ generation: 2, refreshTokens: [] });
    expect(tokensRevoked(consent, "refresh token revoked", 400).state).toBe("active");
  });
  test("in force until its end, zero leeway; the last 16 transitions are kept", () => {
    expect([isInForce(active, 4_999), isInForce(active, 5_000), isInForce(waiting, 1)]).toEqual([true, false, false]);
    let consent: Consent = active;
    for (let n = 0; n < 20; n++) consent = collected(consent, undefined, n);
    expect(consent.transitions).toHaveLength(16);
  });
  test("the clock: unanswered, lapsed after a day, expired", () => {
    expect(overdue(waiting, 999)).toBeUndefined();
    expect(overdue(waiting, 1_000)).toMatchObject({ state: "declined", endedBy: "unanswered" });
    const long = approved(waiting, { ...decided, endsAt: 10_000_000 });
    expect(overdue(long, 86_599)).toBeUndefined();
    expect(overdue(long, 86_600)).toMatchObject({ state: "ended", endedBy: "lapsed" });
    expect(overdue(collected(long, undefined, 300), 86_600)).toBeUndefined();
    expect(overdue(collected(active, undefined, 300), 5_000)).toMatchObject({ state: "ended", endedBy: "expired" });
  });
});

function sealing(region = "r1"): Seal {
  const current = aesGcm("abcd", crypto.getRandomValues(new Uint8Array(32)));
  return {
    region,
    sealingKeys: { current: async () => current, find: async (id) => (id === "abcd" ? current : undefined) },
  };
}

describe("Handles", () => {
  test("N-25 every kind opens as itself and as nothing else", async () => {
    const as = sealing();
    const kinds = Object.values(handleKind) as HandleKind[];
    for (const kind of kinds) {
      const { handle, hash } = await newHandle(as, kind, "record", 5);
      for (const other of kinds) {
        expect([kind, other, (await openHandle(as, other, handle))?.id]).toEqual([
          kind,
          other,
          kind === other ? "record" : undefined,
        ]);
        expect(await openHandle(as, other, handle.replace(`${kind}_`, `${other}_`))).toEqual(
          kind === other ? { id: "record", hash, at: 5 } : undefined,
        );
      }
    }
  });
  test("two handles of one record share nothing outside, and are as long as each other", async () => {
    const as = sealing();
    const [one, two] = await Promise.all([1, 2].map(() => newHandle(as, "areq", "A".repeat(22), 1_700_000_000)));
    const body = (handle = "") => handle.slice("areq_r1abcd".length);
    expect(one?.handle.length).toBe(two?.handle.length);
    expect(body(one?.handle).slice(0, 8)).not.toBe(body(two?.handle).slice(0, 8));
  });
  test("parse ∘ serialize is the identity; any changed character, another key or region opens nothing", async () => {
    const as = sealing();
    const other = sealing();
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 60 }), fc.nat(), async (text, at) => {
        const sealed = await seal(as, "kind", text);
        expect(await unseal(as, "kind", sealed)).toBe(text);
        expect(await unseal(other, "kind", sealed)).toBeUndefined();
        expect(await unseal({ ...as, region: "r2" }, "kind", sealed)).toBeUndefined();
        const n = at % sealed.length;
        const changed = sealed.slice(0, n) + (sealed[n] === "A" ? "B" : "A") + sealed.slice(n + 1);
        expect(await unseal(as, "kind", changed)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });
  test("hashes compare over all characters", () => {
    expect([
      sameHash("abc", "abc"),
      sameHash("abc", "abd"),
      sameHash("abc", "ab"),
      sameHash("", ""),
      sameHash("", "a"),
    ]).toEqual([true, false, false, true, false]);
  });
});

test("codes are typed as people type", () => {
  for (let n = 0; n < 50; n++) {
    const code = randomCode();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(spelledCode(` ${code.toLowerCase().replace("-", " ")}`)).toBe(code.replace("-", ""));
  }
  expect(spelledCode("OIL0-1111")).toBe("01101111");
  for (const typed of ["", "1234567", "123456789", "ABCDEFGU", "june.smith"])
    expect(spelledCode(typed)).toBeUndefined();
});

test("N-61 a resource id is matched exactly", () => {
  const link = "L".repeat(43);
  expect(linkOfResource(newResourceId(link))).toBe(link);
  for (const id of ["", link, `${link}.`, `${link}.*`, `${newResourceId(link)},`, `${newResourceId(link)}.x`])
    expect(linkOfResource(id)).toBeUndefined();
});

test("OIDC Core §8.1 every edge has its own sub, the same each time, another for another person", async () => {
  const [june, bob] = ["A", "B"].map((letter) => ({ pairwiseKey: letter.repeat(43) })) as [
    { pairwiseKey: string },
    { pairwiseKey: string },
  ];
  const subs = await Promise.all([
    subAtClient(june, "x"),
    subAtClient(june, "y"),
    subAtResourceServer(june, "x"),
    subAtClient(bob, "x"),
  ]);
  expect(new Set(subs)).toHaveLength(4);
  expect(await subAtClient(june, "x")).toBe(subs[0]);
});

test("N-65 default deny: no capability permits nothing, and every element counts", async () => {
  const detail = { type: "t", actions: ["read"], optional_actions: [], purpose: "p" };
  const ask = async (capabilities: { type: string; actions: string[]; purpose: string }[], details = [detail]) =>
    (await capabilityPolicy({ step: "asked", client: { client_id: "c", capabilities }, details })).effect;
  const allowed = { type: "t", actions: ["read"], purpose: "p" };
  expect(await ask([allowed])).toBe("permit");
  expect(await ask([])).toBe("deny");
  expect(await ask([{ ...allowed, purpose: "q" }])).toBe("deny");
  expect(await ask([allowed], [detail, { ...detail, actions: ["read", "write"] }])).toBe("deny");
  expect(await ask([allowed], [{ ...detail, optional_actions: ["write"] as never[] }])).toBe("deny");
});

test("CIBA Core §11 each early poll slows by 5 s and patience ends", () => {
  let { outcome, next } = pace(undefined, 0);
  expect(outcome).toBe("authorization_pending");
  expect(pace(next, 4_600).outcome).toBe("authorization_pending");
  const outcomes = [];
  for (let n = 0; n < 11; n++) {
    const paced = pace(next, 1);
    outcomes.push(paced.outcome);
    next = paced.next as typeof next;
  }
  expect(outcomes).toEqual([...Array.from({ length: 10 }, () => "slow_down"), "invalid_request"]);
  expect(next.interval).toBe(60);
});

test("REL-10 a step that must get through asks again after each conflict, and says so when it cannot", async () => {
  const { names } = memoryRecords();
  await names.insert("a", { to: "x" });
  const append = (value: { to: string } | undefined) => value && { to: `${value.to}+` };
  await Promise.all(Array.from({ length: 15 }, () => rewritten(names, "a", append)));
  expect((await names.find("a"))?.value.to).toBe(`x${"+".repeat(15)}`);
  expect(await rewritten(names, "b", append)).toBeUndefined();
  const losing = { ...names, replace: async () => "conflict" as const };
  await expect(rewritten(losing, "a", append)).rejects.toMatchObject({ code: "temporarily_unavailable" });
});

test("the registry is at most 2 seconds old, and never keeps that something is missing", async () => {
  let nowMs = 0;
  const records = memoryRecords();
  const known = registry(records, () => nowMs);
  expect(await known.purpose("p")).toBeUndefined();
  await records.purposes.insert("p", { purpose: "p", texts: { en: { text: "one" } } });
  expect((await known.purpose("p"))?.texts["en"]?.text).toBe("one");
  const stored = await records.purposes.find("p");
  if (stored === undefined) throw new Error("not found");
  await records.purposes.replace("p", stored, { purpose: "p", texts: { en: { text: "two" } } });
  nowMs = 1_999;
  expect((await known.purpose("p"))?.texts["en"]?.text).toBe("one");
  nowMs = 2_000;
  expect((await known.purpose("p"))?.texts["en"]?.text).toBe("two");
});
