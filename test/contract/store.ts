import { beforeEach, describe, expect, test } from "vitest";
import type { SignIns } from "../../core/sign-ins.ts";
import type { Guards, Kind, RegisteredStore } from "../../core/store.ts";
import type { Uses } from "../../core/uses.ts";

/** A kind made for the contract. */
export interface Thing {
  readonly n: number;
  readonly owner?: string;
}
export const thingKind: Kind<Thing> = {
  name: "thing",
  key: (id) => ({ pk: `THING#${id}`, sk: "THING" }),
  index: ({ owner }) => (owner === undefined ? {} : { person: owner, sort: "thing#" }),
};

const twenty = <T>(call: (n: number) => Promise<T>) => Promise.all(Array.from({ length: 20 }, (_, n) => call(n)));

/** What every store adapter holds to. */
export function storeContract(name: string, open: () => Promise<RegisteredStore<Thing>>) {
  describe(`Store contract: ${name}`, () => {
    let store: RegisteredStore<Thing>;
    beforeEach(async () => {
      store = await open();
    });
    const found = async (id: string) => {
      const stored = await store.find(id);
      if (stored === undefined) throw new Error(`${id} was not found`);
      return stored;
    };

    test("finds nothing that was never inserted", async () => {
      expect(await store.find("b")).toBeUndefined();
    });
    test("of twenty concurrent inserts exactly one wins, and its value stands", async () => {
      const results = await twenty((n) => store.insert("a", { n }));
      expect(results.filter((result) => result === "inserted")).toHaveLength(1);
      expect(await found("a")).toEqual({ value: { n: results.indexOf("inserted") }, revision: 0 });
    });
    test("of twenty concurrent replacements of one revision exactly one wins", async () => {
      await store.insert("a", { n: 0 });
      const current = await found("a");
      const results = await twenty((n) => store.replace("a", current, { n: n + 1 }));
      expect(results.filter((result) => result === "replaced")).toHaveLength(1);
      expect(await found("a")).toEqual({ value: { n: results.indexOf("replaced") + 1 }, revision: 1 });
    });
    test("a stale replacement and a stale removal change nothing", async () => {
      await store.insert("a", { n: 0 });
      const stale = await found("a");
      await store.replace("a", stale, { n: 1 });
      expect(await store.replace("a", stale, { n: 2 })).toBe("conflict");
      expect(await store.remove("a", stale)).toBe("conflict");
      expect((await found("a")).value).toEqual({ n: 1 });
    });
    test("a glance gives the value alone, as of a moment ago", async () => {
      expect(await store.glance("a")).toBeUndefined();
      await store.insert("a", { n: 0 });
      await expect.poll(() => store.glance("a")).toEqual({ n: 0 });
    });
    test("a removal of the revision that was read removes it", async () => {
      await store.insert("a", { n: 0 });
      expect(await store.remove("a", await found("a"))).toBe("removed");
      expect(await store.find("a")).toBeUndefined();
    });
  });
}

/** What every adapter that counts uses holds to. */
export function usesContract(name: string, open: () => Promise<Uses>) {
  describe(`Uses contract: ${name}`, () => {
    const noon = Date.UTC(2026, 10, 24, 12) / 1_000;
    const use = { consentId: "c", party: "rs_a", kind: "used", at: noon } as const;

    test("of twenty concurrent uses every one is counted", async () => {
      const uses = await open();
      await twenty(() => uses.note(use));
      const counted = { used: { times: 20, lastAt: noon } };
      await expect.poll(() => uses.of("c")).toEqual([{ day: "2026-11-24", party: "rs_a", counted }]);
    });
    test("by day, party and kind, the newest day first, of this consent alone", async () => {
      const uses = await open();
      expect(await uses.of("c")).toEqual([]);
      await uses.note(use);
      await uses.note({ ...use, kind: "refused", at: noon + 5 });
      await uses.note({ ...use, at: noon + 86_400 });
      await uses.note({ ...use, party: "cl_b", kind: "collected" });
      await uses.note({ ...use, consentId: "d" });
      const days = [
        { day: "2026-11-25", party: "rs_a", counted: { used: { times: 1, lastAt: noon + 86_400 } } },
        {
          day: "2026-11-24",
          party: "rs_a",
          counted: { used: { times: 1, lastAt: noon }, refused: { times: 1, lastAt: noon + 5 } },
        },
        { day: "2026-11-24", party: "cl_b", counted: { collected: { times: 1, lastAt: noon } } },
      ];
      await expect.poll(() => uses.of("c")).toEqual(days);
      expect(await uses.of("c", 2)).toEqual(days.slice(0, 2));
      await uses.forget("c");
      await expect.poll(() => uses.of("c")).toEqual([]);
      expect(await uses.of("d")).toHaveLength(1);
    });
  });
}

/** What every adapter that keeps sign-ins holds to. */
export function signInsContract(name: string, open: () => Promise<SignIns>) {
  describe(`Sign-ins contract: ${name}`, () => {
    test("newest first, of one person, from a moment on; of one moment each is kept", async () => {
      const signIns = await open();
      expect(await signIns.since("june", 0)).toEqual([]);
      await signIns.note("june", { at: 999, session: "a", by: "account" });
      await signIns.note("june", { at: 1_000, session: "b", described: "Firefox, Windows" });
      await signIns.note("june", { at: 1_000, session: "c" });
      await signIns.note("bob", { at: 1_000, session: "d" });
      const newest = [
        { at: 1_000, session: "c" },
        { at: 1_000, session: "b", described: "Firefox, Windows" },
      ];
      expect(await signIns.since("june", 0)).toEqual([...newest, { at: 999, session: "a", by: "account" }]);
      expect(await signIns.since("june", 1_000)).toEqual(newest);
      await signIns.forget("june");
      expect(await signIns.since("june", -1)).toEqual([]);
      expect(await signIns.since("bob", 0)).toHaveLength(1);
    });
    test("all of them are found and forgotten, however many", async () => {
      const signIns = await open();
      const described = "x".repeat(2_000);
      for (let at = 0; at < 7; at++)
        await Promise.all(
          Array.from({ length: 100 }, (_, n) => signIns.note("june", { at, session: `${n}`, described })),
        );
      expect(await signIns.since("june", 0)).toHaveLength(700);
      await signIns.forget("june");
      expect(await signIns.since("june", 0)).toEqual([]);
    }, 120_000);
  });
}

/** What every guards adapter holds to; the clock is the test's. */
export function guardsContract(name: string, open: (now: () => number) => Promise<Guards>) {
  describe(`Guards contract: ${name}`, () => {
    let guards: Guards;
    let now = 1_000;
    beforeEach(async () => {
      now = 1_000;
      guards = await open(() => now);
    });

    test("of twenty concurrent callers exactly one is first", async () => {
      const results = await twenty(() => guards.once("ONCE#a", 1_060));
      expect(results.filter((result) => result === "first")).toHaveLength(1);
    });
    test("the clock ends it, not deletion", async () => {
      await guards.once("ONCE#a", 1_060);
      now = 1_059;
      expect(await guards.once("ONCE#a", 1_120)).toBe("seen");
      now = 1_060;
      expect(await guards.once("ONCE#a", 1_120)).toBe("first");
    });
    test("exactly one of twenty claims a value and may ask again, and nobody after its end", async () => {
      await guards.put("CODE#a", { personId: "june" }, 1_060);
      const results = await twenty((n) => guards.claim("CODE#a", `claimant ${n}`));
      expect(results.filter((result) => result !== undefined)).toEqual([{ personId: "june" }]);
      const winner = results.findIndex((result) => result !== undefined);
      expect(await guards.claim("CODE#a", `claimant ${winner}`)).toEqual({ personId: "june" });
      expect(await guards.claim("CODE#b", "anyone")).toBeUndefined();
      now = 1_060;
      expect(await guards.find("CODE#a")).toBeUndefined();
      expect(await guards.claim("CODE#a", `claimant ${winner}`)).toBeUndefined();
    });
    test("of twenty concurrent swaps one finds nothing, and each value but the last is given once", async () => {
      const given = await twenty((n) => guards.swap("POLL#a", { n }, 1_060));
      const last = await guards.swap("POLL#a", { n: 20 }, 1_060);
      expect(given.filter((value) => value === undefined)).toHaveLength(1);
      const numbers = [...given, last].flatMap((value) => (value === undefined ? [] : [Number(value["n"])]));
      expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
      now = 1_060;
      expect(await guards.swap("POLL#a", { n: 21 }, 1_120)).toBeUndefined();
    });
    test("what names somebody is forgotten, in key or value, and nothing else", async () => {
      await guards.put("SESSION#a", { personId: "june" }, 1_060);
      await guards.count("LIMIT#june 7", 1_060);
      await guards.put("SESSION#b", { personId: "bob" }, 1_060);
      await guards.forget(["june", "jane"]);
      expect(await guards.find("SESSION#a")).toBeUndefined();
      expect(await guards.count("LIMIT#june 7", 1_060)).toBe(1);
      expect(await guards.find("SESSION#b")).toEqual({ personId: "bob" });
    });
    test("twenty concurrent counts count to twenty", async () => {
      const results = await twenty(() => guards.count("LIMIT#a", 1_060));
      expect([...results].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    });
  });
}
