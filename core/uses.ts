/** What a use is: the Client took a token, a source asked about one and may answer, or either came after it was over. */
export type UseKind = "collected" | "used" | "refused";

/** One use of a consent by one party (UX-14, UX-16): by whom, and nothing of what. */
export interface Use {
  readonly consentId: string;
  /** `client_id` of the source, or of the Client where no source is asked. */
  readonly party: string;
  readonly kind: UseKind;
  readonly at: number;
}

export interface Counted {
  readonly times: number;
  readonly lastAt: number;
}

/** What one party did with one consent on one day (UTC). */
export interface DayOfUse {
  readonly day: string;
  readonly party: string;
  readonly counted: Readonly<Partial<Record<UseKind, Counted>>>;
}

/** Uses, counted by day and party beneath their consent. */
export interface Uses {
  /** Counts one, whoever else counts at the same time: one write without a condition. */
  note(use: Use): Promise<void>;
  /** Newest day first, all of them or the newest `most`; eventually consistent. */
  of(consentId: string, most?: number): Promise<readonly DayOfUse[]>;
  /** Removes every count of this consent. */
  forget(consentId: string): Promise<void>;
}

/** Seconds a day's count is kept, and what happened to an account: 13 months. */
export const KEPT = 400 * 86_400;

/** `2026-11-24`, by UTC; `at` in seconds since the epoch. */
export const dayOf = (at: number): string => new Date(at * 1_000).toISOString().slice(0, 10);

/** A use that cannot be counted is told, and takes nothing from the answer it stands beside. */
export function unfailing(uses: Uses, tell: (error: unknown) => void): Uses {
  return { ...uses, note: (use) => uses.note(use).catch(tell) };
}

/** Of several days and parties, one kind. */
export function sumOf(days: readonly DayOfUse[], kind: UseKind): Counted | undefined {
  const counted = days.flatMap((day) => day.counted[kind] ?? []);
  if (counted.length === 0) return undefined;
  return {
    times: counted.reduce((sum, { times }) => sum + times, 0),
    lastAt: Math.max(...counted.map(({ lastAt }) => lastAt)),
  };
}

/** When data could last have gone to the Client: a source asked, or a token was taken that one may have honoured without asking. */
export function lastUseOf(days: readonly DayOfUse[]): number | undefined {
  const last = (["used", "collected"] as const).flatMap((kind) => sumOf(days, kind)?.lastAt ?? []);
  return last.length === 0 ? undefined : Math.max(...last);
}
