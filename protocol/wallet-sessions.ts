/** `GET /wallet/sessions` → `{ sessions: SessionView[] }`, newest first; `DELETE /wallet/sessions/{id}` → 204: one of the others ends within seconds, and what rings by it rings no more. */
export interface SessionView {
  readonly id: string;
  /** When it began; it lasts half a day. */
  readonly at: number;
  /** What the app there calls its device: `Firefox, Windows`. */
  readonly name?: string;
  /** The one this is asked from. */
  readonly thisOne?: true;
}
