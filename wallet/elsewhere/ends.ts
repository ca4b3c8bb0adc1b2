import { endIn, type RefusalKind } from "../api/refusal.ts";

/** Why a flow of the redirect door cannot be answered here; each has words of its own (UX-18). */
export type AskEnd = RefusalKind | "late" | "used" | "not_yours" | "cannot_ask" | "muted" | "broken_link";

/** By the exchange's own code. */
export const askEnd = endIn<AskEnd>({
  late: "late",
  used: "used",
  taken: "not_yours",
  gone: "cannot_ask",
  muted: "muted",
  not_found: "broken_link",
});
