import { endIn, type RefusalKind } from "../api/refusal.ts";

/** Why a request cannot be answered here; each has words of its own (UX-18). */
export type RequestEnd = RefusalKind | "expired" | "answered" | "missed" | "released" | "cannot_ask";

/** By the exchange's own code. */
export const requestEnd = endIn<RequestEnd>({
  late: "expired",
  used: "answered",
  missed: "missed",
  released: "released",
  gone: "cannot_ask",
});
