/** What can have happened, and which filter shows it (UX-16). */
export const activityKinds = {
  asked: "requests",
  approved: "requests",
  declined: "requests",
  not_me: "requests",
  wrong_number: "requests",
  unanswered: "requests",
  change_proposed: "requests",
  change_approved: "requests",
  change_declined: "requests",
  change_not_me: "requests",
  change_wrong_number: "requests",
  change_unanswered: "requests",
  change_superseded: "requests",
  collected: "uses",
  used: "uses",
  refused: "uses",
  paused: "permissions",
  resumed: "permissions",
  shortened: "permissions",
  reminded: "permissions",
  kept: "permissions",
  access_returned: "permissions",
  access_revoked: "permissions",
  withdrawn: "permissions",
  released: "permissions",
  expired: "permissions",
  lapsed: "permissions",
  source_connected: "sources",
  source_disconnected: "sources",
  account_made: "account",
  passkey_made: "account",
  passkey_removed: "account",
  device_added: "account",
  device_removed: "account",
  signed_in: "account",
  signed_in_first: "account",
  session_ended: "account",
  signed_out_elsewhere: "account",
  recovery_code_made: "account",
  recovery_asked: "account",
  recovery_stopped: "account",
  recovered: "account",
} as const;

export type ActivityWhat = keyof typeof activityKinds;

/** One thing that happened: who, which kind of data, which place, when; never what the data says. */
export interface ActivityEntry {
  readonly at: number;
  readonly what: ActivityWhat;
  readonly app?: string;
  readonly place?: string;
  /** Of `account`: what the passkey, device or browser is called. */
  readonly device?: string;
  /** Titles of the kinds of data it was about. */
  readonly titles?: readonly string[];
  /** Of `collected`, `used`, `refused` and `signed_in`, which are counted by day: how often that day; `at` is the last time. */
  readonly times?: number;
  /** The permission it belongs to, for its screen. */
  readonly consent?: string;
}

/** `GET /wallet/activity`: newest first; `more` when there is still more than so many, all of which the export has. */
export interface Activity {
  readonly entries: readonly ActivityEntry[];
  readonly more?: true;
}
