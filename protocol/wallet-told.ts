/** One who has to hear of an end, and acknowledged it, or has not yet (`waits`); else nobody tells them, and they hear of it when they next ask the exchange. */
export interface ToldParty {
  readonly name: string;
  /** The app itself, and not one of the places. */
  readonly app?: true;
  readonly heardAt?: number;
  readonly waits?: true;
}
