import { type DayOfUse, dayOf, type Uses } from "../../core/uses.ts";

/** The contract of uses on a map. */
export function memoryUses(): Uses {
  const days = new Map<string, DayOfUse & { readonly consentId: string }>();
  return {
    async note({ consentId, party, kind, at }) {
      const day = dayOf(at);
      const key = `${consentId} ${day} ${party}`;
      const { counted = {} } = days.get(key) ?? {};
      const times = (counted[kind]?.times ?? 0) + 1;
      days.set(key, { consentId, day, party, counted: { ...counted, [kind]: { times, lastAt: at } } });
    },
    async forget(consentId) {
      for (const [key, day] of days) if (day.consentId === consentId) days.delete(key);
    },
    async of(consentId, most) {
      return [...days.values()]
        .filter((one) => one.consentId === consentId)
        .map(({ consentId: _, ...day }) => day)
        .sort((a, b) => (`${a.day}#${a.party}` < `${b.day}#${b.party}` ? 1 : -1))
        .slice(0, most);
    },
  };
}
