import { useCallback, useEffect, useState } from "react";
import type { ConsentView, Onward } from "../../protocol/wallet.ts";
import type { ClosedRequest } from "../../protocol/wallet-closed.ts";
import { closedIn } from "../api/refusal.ts";
import { useHere } from "../app/surface.ts";
import { secondsNow } from "../app/watch.ts";
import type { Read } from "../request/answer.ts";
import { Approved, Declined, type DeclinedRequest } from "../request/answered.tsx";
import { ClosedRequestScreen } from "../request/closed.tsx";
import { type RequestEnd, requestEnd } from "../request/ends.ts";
import { RequestForm } from "../request/form.tsx";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";

type State =
  | { readonly is: "loading" }
  | { readonly is: "reading"; readonly read: Read }
  | { readonly is: "leaving" }
  | { readonly is: "approved"; readonly consent: ConsentView; readonly elsewhere: boolean }
  | { readonly is: "declined"; readonly declined: DeclinedRequest }
  | { readonly is: "dead_end"; readonly because: RequestEnd; readonly closed: ClosedRequest | undefined };

/** Of these the exchange tells more. */
const BECAME: ReadonlySet<RequestEnd> = new Set(["expired", "answered", "missed", "released"]);

interface RequestScreenProps {
  readonly id: string;
  /** What another screen shows, if its link brought it. */
  readonly number?: string;
}

/** One request from first sight to its end, whichever end that is. */
export function RequestScreen({ id, number }: RequestScreenProps) {
  const { wallet, me, appName, signOut } = useHere();
  const [state, setState] = useState<State>({ is: "loading" });

  const load = useCallback(async () => {
    setState({ is: "loading" });
    await wallet.request(id).then(
      (screen) => setState({ is: "reading", read: { screen, at: secondsNow() } }),
      (thrown: unknown) => setState({ is: "dead_end", because: requestEnd(thrown), closed: closedIn(thrown) }),
    );
  }, [wallet, id]);
  useEffect(() => void load(), [load]);

  /** An end that was met while reading: what became of the request, the exchange tells when it is asked again. */
  const met = async (because: RequestEnd) => {
    const closed = BECAME.has(because) ? await wallet.request(id).then(() => undefined, closedIn) : undefined;
    setState({ is: "dead_end", because, closed });
  };

  // The request came from this browser's own flow: back to it, and nothing more to read here.
  const left = (onward: Onward | undefined): boolean => {
    if (onward?.continueAt === undefined) return false;
    setState({ is: "leaving" });
    location.replace(onward.continueAt);
    return true;
  };

  switch (state.is) {
    case "loading":
    case "leaving":
      return <Starting />;
    case "reading": {
      const elsewhere = state.read.screen.notice.began?.elsewhere === true;
      return (
        <RequestForm
          read={state.read}
          number={number}
          onApproved={(consent) => {
            if (!left(consent)) setState({ is: "approved", consent, elsewhere });
          }}
          onDeclined={(declined, onward) => {
            if (!left(onward)) setState({ is: "declined", declined });
          }}
          onDeadEnd={met}
        />
      );
    }
    case "approved":
      return <Approved consent={state.consent} elsewhere={state.elsewhere} />;
    case "declined":
      return <Declined {...state.declined} />;
    case "dead_end":
      return state.closed !== undefined ? (
        <ClosedRequestScreen closed={state.closed} />
      ) : (
        <DeadEnd appName={appName} because={state.because} personName={me.name} onRetry={load} onSignOut={signOut} />
      );
  }
}
