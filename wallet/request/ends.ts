import { kindOf, Refusal, type RefusalKind } from "../api/refusal.ts";

/** Why a request cannot be answered here; each has words of its own (UX-18). */
export type RequestEnd = RefusalKind | "expired" | "answered" | "missed" | "released" | "cannot_ask";

const ENDS: Readonly<Record<string, RequestEnd>> = {
  late: "expired",
  used: "answered",
  missed: "missed",
  released: "released",
  gone: "cannot_ask",
};

/** By the exchange's own code, which says more than the status. */
export const requestEnd = (thrown: unknown): RequestEnd =>
  (thrown instanceof Refusal ? ENDS[thrown.error] : undefined) ?? kindOf(thrown);
