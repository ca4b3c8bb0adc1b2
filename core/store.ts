/** A value as it was read, so that it can be replaced only if nobody else did. */
export interface Stored<T> {
  readonly value: T;
  readonly revision: number;
}

/**
 * One aggregate is one record, one step is one conditional write.
 * `find` is strongly consistent. Of any number of concurrent inserts or replacements of one revision exactly one wins.
 * A write whose answer was lost and repeated still answers that it was ours (`writer` names each call).
 */
export interface Store<T> {
  find(id: string): Promise<Stored<T> | undefined>;
  insert(id: string, value: T): Promise<"inserted" | "exists">;
  replace(id: string, current: Stored<T>, next: T): Promise<"replaced" | "conflict">;
  remove(id: string, current: Stored<T>): Promise<"removed" | "conflict">;
}

/** A store of what is known by a cache anyway (`core/registry.ts`). What decides on a person's data has no `glance`. */
export interface RegisteredStore<T> extends Store<T> {
  /** Eventually consistent, at half the price of `find`: as of a moment ago, and perhaps not yet there. */
  glance(id: string): Promise<T | undefined>;
}

/** Where a kind of record lives and by what it is found. An index finds, the base record decides. */
export interface Kind<T> {
  readonly name: string;
  key(id: string): RecordKey;
  index(value: T): IndexKeys;
}

export interface RecordKey {
  readonly pk: string;
  readonly sk: string;
}

export interface IndexKeys {
  readonly state?: string;
  readonly person?: string;
  readonly party?: string;
  /** Orders what a person or party has; starts with the kind. */
  readonly sort?: string;
  readonly due?: Due;
  readonly dueAt?: number;
  /** After it the record may disappear; nothing relies on it. */
  readonly deleteAt?: number;
}

/** Ids found through the indexes; eventually consistent, so every one is read again before it counts. */
export interface Finder {
  /** Newest first, at most 100. */
  ofPerson(person: string, kind: string): Promise<readonly string[]>;
  /** The same page by page, of some states alone: 50 ids, and what to go on `after`, if there are more. */
  pageOfPerson(person: string, kind: string, wanted: Wanted): Promise<Page>;
  /** All of them, however many, newest first. */
  everyOfPerson(person: string, kind: string): Promise<readonly string[]>;
  ofParty(party: string, kind: string): Promise<readonly string[]>;
  /** Consents whose `dueAt` has passed, or people who asked to be erased; at most 100. */
  due(before: number, which?: Due): Promise<readonly string[]>;
}

export type Due = "due" | "erasure";

export interface Wanted {
  readonly states: readonly string[];
  /** The `next` of the page before; anything else is the beginning. */
  readonly after?: string | undefined;
}

export interface Page {
  readonly ids: readonly string[];
  readonly next?: string;
}

/** Small things with an end, checked by condition and by clock, never by deletion. Keys carry their kind: `ONCE#`, `REVOKED#`, `LIMIT#`, `POLL#`, `SESSION#`, `CODE#`. */
export interface Guards {
  /** Exactly one of all callers with this key before `expiresAt` gets "first". */
  once(key: string, expiresAt: number): Promise<"first" | "seen">;
  put(key: string, value: GuardValue, expiresAt: number): Promise<void>;
  /** Puts, and gives what stood in its place: each value is given to one caller. */
  swap(key: string, value: GuardValue, expiresAt: number): Promise<GuardValue | undefined>;
  find(key: string): Promise<GuardValue | undefined>;
  /** The value, for the first who claims it; the same claimant may ask again, everyone else gets nothing. */
  claim(key: string, claimant: string): Promise<GuardValue | undefined>;
  /** Removes what has one of these names in its key or value: a look at every guard, for what is done once in a life. */
  forget(names: readonly string[]): Promise<void>;
  /** How often this key was counted, this time included. */
  count(key: string, expiresAt: number): Promise<number>;
}

export type GuardValue = Readonly<Record<string, string | number>>;
