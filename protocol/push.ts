/** All that a push of ours ever carries (design: a push is a hint, the same for everyone). */
export interface PushData {
  readonly v: 1;
  /** A handle of its own, opened by `/wallet/requests/{id}`; never the id of a record. */
  readonly id: string;
  /** What happened: `r`, a request is waiting. */
  readonly t: "r";
  /** Seconds since the epoch; after it the push is of no use. */
  readonly exp: number;
}
