/** One session that began: when, and in which browser or app. Kept in its person's partition (docs/decisions/what-happened-to-an-account.md). */
export interface SignIn {
  readonly at: number;
  /** Hash of the session's secret. */
  readonly session: string;
  /** As the app there describes its device. */
  readonly described?: string;
  /** Began with something that is told by itself: the account's first passkey, or its recovery. */
  readonly by?: "account" | "recovery";
}

/** Sessions as they began, for 13 months, beneath their person. */
export interface SignIns {
  /** One write without a condition, before the session opens anything: none begins unseen. */
  note(personId: string, signIn: SignIn): Promise<void>;
  /** Those that began from then on, newest first; strongly consistent. */
  since(personId: string, at: number): Promise<readonly SignIn[]>;
  /** Removes all of this person. */
  forget(personId: string): Promise<void>;
}
