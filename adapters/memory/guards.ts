import type { Guards, GuardValue } from "../../core/store.ts";

const isNamed = (text: string, names: readonly string[]) => names.some((name) => text.includes(name));

/** The guards contract on a map. */
export function memoryGuards(now: () => number): Guards {
  const items = new Map<string, { value: GuardValue; n: number; expiresAt: number; claimant?: string }>();
  const alive = (key: string) => {
    const item = items.get(key);
    return item !== undefined && item.expiresAt > now() ? item : undefined;
  };
  return {
    async once(key, expiresAt) {
      if (alive(key) !== undefined) return "seen";
      items.set(key, { value: {}, n: 0, expiresAt });
      return "first";
    },
    async put(key, value, expiresAt) {
      items.set(key, { value, n: 0, expiresAt });
    },
    async swap(key, value, expiresAt) {
      const before = alive(key)?.value;
      items.set(key, { value, n: 0, expiresAt });
      return before;
    },
    async find(key) {
      return alive(key)?.value;
    },
    async claim(key, claimant) {
      const item = alive(key);
      if (item === undefined || (item.claimant ?? claimant) !== claimant) return undefined;
      item.claimant = claimant;
      return item.value;
    },
    async forget(names) {
      for (const [key, { value }] of items) if (isNamed(`${key} ${JSON.stringify(value)}`, names)) items.delete(key);
    },
    async count(key, expiresAt) {
      const n = (items.get(key)?.n ?? 0) + 1;
      items.set(key, { value: {}, n, expiresAt });
      return n;
    },
  };
}
