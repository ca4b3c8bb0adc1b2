import type { Me } from "../../protocol/wallet.ts";
import type { RefusalKind } from "../api/refusal.ts";

/** Who is here, as far as this page knows. */
export type SessionState =
  | { readonly is: "starting" }
  | { readonly is: "unreachable"; readonly because: RefusalKind }
  | { readonly is: "signed_out"; readonly again: boolean }
  | { readonly is: "signed_in"; readonly me: Me };

export type SessionEvent =
  | { readonly type: "started" }
  | { readonly type: "arrived"; readonly me: Me }
  | { readonly type: "left" }
  | { readonly type: "refused"; readonly because: RefusalKind };

/** What follows for the session. A session that ended under the person's hands is told apart from one that never was. */
export function sessionAfter(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case "started":
      return { is: "starting" };
    case "arrived":
      return { is: "signed_in", me: event.me };
    case "left":
      return { is: "signed_out", again: false };
    case "refused":
      if (event.because === "signed_out") return { is: "signed_out", again: isHere(state) };
      return state.is === "starting" ? { is: "unreachable", because: event.because } : state;
  }
}

const isHere = (state: SessionState) => state.is === "signed_in" || (state.is === "signed_out" && state.again);
