/** Of a consent that its app collected. */
export interface Used {
  /** In lists. */
  readonly lastUsedAt?: number;
  /** In the answer for one consent. */
  readonly uses?: UsesView;
}

/** How often and when a consent was used, as far back as it is kept: some 400 days (UX-14). Each time a source asks whether it may answer is one use; nothing of what was read. */
export interface UsesView {
  readonly times: number;
  readonly lastAt?: number;
  readonly sources: readonly CountedParty[];
  /** How often the app was given access anew, each time for some minutes. */
  readonly collected?: CountedTimes;
  /** Sources that asked for the app, and the app itself, after you stopped or paused it: they got nothing. */
  readonly refused: readonly CountedParty[];
}

export interface CountedTimes {
  readonly times: number;
  readonly lastAt: number;
}

export interface CountedParty extends CountedTimes {
  readonly name: string;
  /** The app itself, and not one of the places. */
  readonly app?: true;
}
