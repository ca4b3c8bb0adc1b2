/** What a push is about: `r` a request waits, `c` what this id rang for before is answered (UX-60), `n` something of yours to look at. */
export const PUSH_KINDS = ["r", "c", "n"] as const;
export type PushKind = (typeof PUSH_KINDS)[number];

/** All that a push of ours ever carries (design: a push is a hint, the same for everyone). */
export interface PushData {
  readonly v: 1;
  /** Its own, never the id of a record: the same for all pushes to one device about one thing, so that a later one replaces or clears the earlier. `/wallet/notifications/{id}` says what it opens. */
  readonly id: string;
  readonly t: PushKind;
  /** Seconds since the epoch; after it the push is of no use. */
  readonly exp: number;
}

/** `GET /wallet/notifications/{id}`: the screen a tapped notification leads to. 404 for one that is not yours. */
export type Opened =
  /** `/wallet/requests/{id}`, which says when it is answered already. */
  | { readonly opens: "request"; readonly id: string }
  /** `/wallet/consents/{id}`. */
  | { readonly opens: "consent"; readonly id: string }
  /** Home, where whatever concerns the account is said. */
  | { readonly opens: "account" };
