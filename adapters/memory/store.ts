import type { IndexKeys, Kind, RecordKey, RegisteredStore } from "../../core/store.ts";

export interface MemoryItem {
  readonly key: RecordKey;
  readonly index: IndexKeys;
  readonly value: unknown;
  readonly revision: number;
}

/** What a table would give back: values are JSON, and what is undefined is not there. */
const copied = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** The store contract on a map: for tests of decisions and for the bench. Values are copied in and out as a table would. */
export function memoryStore<T>(table: Map<string, MemoryItem>, kind: Kind<T>): RegisteredStore<T> {
  const at = (id: string) => `${kind.key(id).pk} ${kind.key(id).sk}`;
  const write = (id: string, value: T, revision: number) =>
    table.set(at(id), { key: kind.key(id), index: kind.index(value), value: copied(value), revision });

  return {
    async find(id) {
      const item = table.get(at(id));
      return item && { value: copied(item.value) as T, revision: item.revision };
    },
    async glance(id) {
      return copied(table.get(at(id))?.value) as T | undefined;
    },
    async insert(id, value) {
      if (table.has(at(id))) return "exists";
      write(id, value, 0);
      return "inserted";
    },
    async replace(id, current, next) {
      if (table.get(at(id))?.revision !== current.revision) return "conflict";
      write(id, next, current.revision + 1);
      return "replaced";
    },
    async remove(id, current) {
      if (table.get(at(id))?.revision !== current.revision) return "conflict";
      table.delete(at(id));
      return "removed";
    },
  };
}
