import type { Kind } from "./store.ts";

/** Texts and assertions are written first, under the hash of their content; the write that names them comes last. */
export interface Evidence {
  readonly content: string;
}

export const noticeKind: Kind<Evidence> = {
  name: "notice",
  key: (hash) => ({ pk: `NOTICE#${hash}`, sk: "NOTICE" }),
  index: () => ({}),
};

export const assertionKind: Kind<Evidence> = {
  name: "assertion",
  key: (hash) => ({ pk: `ASSERTION#${hash}`, sk: "ASSERTION" }),
  index: () => ({}),
};
