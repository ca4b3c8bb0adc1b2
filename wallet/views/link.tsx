import { useCallback, useEffect, useState } from "react";
import type { LinkScreen as Shown } from "../../protocol/wallet-sources.ts";
import { kindOf, type RefusalKind } from "../api/refusal.ts";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { LinkForm } from "../link/form.tsx";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";

type State =
  | { readonly is: "loading" | "leaving" }
  | { readonly is: "reading"; readonly screen: Shown }
  | { readonly is: "dead_end"; readonly because: RefusalKind | "expired" };

/** A place that holds data asks to become a source, from first sight to the way back to it. */
export function LinkScreen({ id }: { readonly id: string }) {
  const { wallet, me, appName, signOut } = useHere();
  const [state, setState] = useState<State>({ is: "loading" });
  const load = useCallback(async () => {
    setState({ is: "loading" });
    await wallet.link(id).then(
      (screen) => setState({ is: "reading", screen }),
      (thrown: unknown) => setState({ is: "dead_end", because: kindOf(thrown) }),
    );
  }, [wallet, id]);
  useEffect(() => void load(), [load]);

  switch (state.is) {
    case "loading":
    case "leaving":
      return <Starting />;
    case "reading":
      return (
        <LinkForm
          screen={state.screen}
          onAnswered={(continueAt) => {
            setState({ is: "leaving" });
            location.replace(continueAt ?? to.home);
          }}
          onDeadEnd={(because) => setState({ is: "dead_end", because })}
        />
      );
    case "dead_end":
      return (
        <DeadEnd appName={appName} because={state.because} personName={me.name} onRetry={load} onSignOut={signOut} />
      );
  }
}
