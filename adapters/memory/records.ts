import type { Link, Resource } from "../../core/link.ts";
import { type Records, recordStores } from "../../core/records.ts";
import type { IndexKeys } from "../../core/store.ts";
import { memorySignIns } from "./sign-ins.ts";
import { type MemoryItem, memoryStore } from "./store.ts";
import { memoryUses } from "./uses.ts";

/** All records in one map, as the table would hold them. Items are written in whole, so copies of them are what the stream would show. */
export function memoryRecords(table = new Map<string, MemoryItem>()): Records {
  const ids = (
    wanted: (index: IndexKeys) => boolean,
    order: (index: IndexKeys) => string | number,
    most: number | undefined = 100,
  ) =>
    [...table.values()]
      .filter(({ index }) => wanted(index))
      .sort((a, b) => (order(a.index) < order(b.index) ? 1 : -1))
      .slice(0, most)
      .map(({ key }) => key.pk.slice(key.pk.indexOf("#") + 1));
  const sortOf = ({ sort = "" }: IndexKeys) => sort;
  return {
    ...recordStores((kind) => memoryStore(table, kind)),
    uses: memoryUses(),
    signIns: memorySignIns(),
    find: {
      ofPerson: async (person, kind) =>
        ids((index) => index.person === person && sortOf(index).startsWith(`${kind}#`), sortOf),
      pageOfPerson: async (person, kind, { states, after = "" }) => {
        const items = [...table.values()]
          .filter(({ index }) => index.person === person && sortOf(index).startsWith(`${kind}#`))
          .filter(({ index }) => states.includes(index.state ?? ""))
          .map(({ key, index }) => ({ id: key.pk.slice(key.pk.indexOf("#") + 1), at: `${sortOf(index)} ${key.pk}` }))
          .sort((a, b) => (a.at < b.at ? 1 : -1))
          .filter(({ at }) => after === "" || at < after);
        const page = items.slice(0, 50);
        return { ids: page.map(({ id }) => id), ...(items.length > 50 && { next: page.at(-1)?.at ?? "" }) };
      },
      everyOfPerson: async (person, kind) =>
        ids((index) => index.person === person && sortOf(index).startsWith(`${kind}#`), sortOf, Infinity),
      ofParty: async (party, kind) =>
        ids((index) => index.party === party && sortOf(index).startsWith(`${kind}#`), sortOf),
      due: async (before, which = "due") =>
        ids(
          ({ due, dueAt = Infinity }) => due === which && dueAt <= before,
          ({ dueAt = 0 }) => -dueAt,
        ),
    },
    linkWithResources: async (id) => {
      const items = [...table.values()].filter(({ key }) => key.pk === `LINK#${id}`);
      const resources = items
        .filter(({ key }) => key.sk.startsWith("RESOURCE#"))
        .map(({ key, value }) => ({ id: `${id}.${key.sk.slice("RESOURCE#".length)}`, resource: value as Resource }));
      return { link: items.find(({ key }) => key.sk === "LINK")?.value as Link | undefined, resources };
    },
  };
}
