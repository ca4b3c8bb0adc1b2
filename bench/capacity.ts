import type { Json } from "../local/assembly.ts";

/** An item in DynamoDB's own notation: `{ "pk": { "S": "…" } }`. */
export type Item = Readonly<Record<string, Json>>;

export interface Index {
  readonly name: string;
  readonly key: readonly string[];
  /** Everything an entry holds beside keys; undefined: the whole item. */
  readonly projected: readonly string[] | undefined;
}

export interface Table {
  readonly key: readonly string[];
  readonly indexes: readonly Index[];
}

/** One operation as it went over the wire, with the item it met and the one it left. */
export interface Operation {
  readonly table: string;
  readonly name: string;
  readonly index?: string | undefined;
  readonly consistent: boolean;
  readonly before?: Item | undefined;
  readonly after?: Item | undefined;
  /** What a read gave. */
  readonly found: readonly Item[];
}

export interface Units {
  readonly read: number;
  readonly write: number;
  /** Write units of each index that is touched. */
  readonly indexes: Readonly<Record<string, number>>;
}

/** Keys and indexes as a template's `AWS::DynamoDB::GlobalTable` has them. */
export function tableOf({ KeySchema, GlobalSecondaryIndexes = [] }: Json): Table {
  const names = (schema: Json) => schema.map(({ AttributeName }: Json) => AttributeName);
  return {
    key: names(KeySchema),
    indexes: GlobalSecondaryIndexes.map(({ IndexName, KeySchema: key, Projection }: Json) => ({
      name: IndexName,
      key: names(key),
      projected: Projection.ProjectionType === "ALL" ? undefined : (Projection.NonKeyAttributes ?? []),
    })),
  };
}

/**
 * What one operation is billed (DynamoDB Developer Guide, "Read consumption", "Write consumption"): reads by 4 kB, half where eventually consistent; writes by 1 kB of the
 * larger of both images, also where the condition fails; and each index entry that comes, goes or changes.
 */
export function unitsOf(operation: Operation, table: Table): Units {
  const { name, before, after, consistent, found, index } = operation;
  if (name === "GetItem" || name === "Query") {
    const bytes = found.map(sizeOf).reduce((sum, size) => sum + size, 0);
    return {
      read: Math.max(1, Math.ceil(bytes / 4096)) * (consistent && index === undefined ? 1 : 0.5),
      write: 0,
      indexes: {},
    };
  }
  if (!/^(Put|Update|Delete)Item$/.test(name)) throw new Error(`no rule for ${name}`);
  const indexes = table.indexes.map((each) => [each.name, entryUnits(each, table.key, before, after)] as const);
  return {
    read: 0,
    write: Math.max(writeUnits(before), writeUnits(after)),
    indexes: Object.fromEntries(indexes.filter(([, units]) => units > 0)),
  };
}

/** An entry whose key changes is a deletion and an insertion. */
function entryUnits({ key, projected }: Index, tableKey: readonly string[], before?: Item, after?: Item): number {
  const entry = (item: Item | undefined): Item | undefined => {
    if (item === undefined || !key.every((name) => name in item)) return undefined;
    const names = projected === undefined ? Object.keys(item) : [...tableKey, ...key, ...projected];
    return Object.fromEntries(names.filter((name) => name in item).map((name) => [name, item[name]]));
  };
  const [old, next] = [entry(before), entry(after)];
  if (JSON.stringify(old) === JSON.stringify(next)) return 0;
  const moved = old !== undefined && next !== undefined && key.some((name) => !same(old[name], next[name]));
  return moved ? writeUnits(old) + writeUnits(next) : Math.max(writeUnits(old), writeUnits(next));
}

const same = (one: Json, other: Json) => JSON.stringify(one) === JSON.stringify(other);

const writeUnits = (item: Item | undefined) => (item === undefined ? 1 : Math.ceil(sizeOf(item) / 1024));

/** Bytes of an item (DynamoDB Developer Guide, "Item sizes and formats"): names and values in UTF-8; 3 for a list or map, and 1 for each element. */
export function sizeOf(item: Item): number {
  return Object.entries(item)
    .map(([name, value]) => bytes(name) + valueSize(value))
    .reduce((sum, size) => sum + size, 0);
}

function valueSize(value: Json): number {
  const [[type, content] = []] = Object.entries<Json>(value);
  switch (type) {
    case "S":
      return bytes(content);
    case "N":
      return numberSize(content);
    case "BOOL":
    case "NULL":
      return 1;
    case "L":
      return content.reduce((sum: number, element: Json) => sum + 1 + valueSize(element), 3);
    case "M":
      return 3 + Object.keys(content).length + sizeOf(content);
    default:
      throw new Error(`no rule for the type ${type}`);
  }
}

/** A byte, and one for each two significant digits; one more below zero. */
function numberSize(text: string): number {
  const digits = text
    .replace(/^-/, "")
    .replace(".", "")
    .replace(/^0+|0+$/g, "");
  return 1 + Math.ceil(digits.length / 2) + (text.startsWith("-") ? 1 : 0);
}

const bytes = (text: string) => new TextEncoder().encode(text).length;
