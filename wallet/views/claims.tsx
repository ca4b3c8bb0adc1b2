import { useEffect, useState } from "react";
import type { Onward } from "../../protocol/wallet.ts";
import type { ClaimsView } from "../../protocol/wallet-claims.ts";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { type AskEnd, askEnd } from "../elsewhere/ends.ts";
import { words } from "../messages/languages.ts";
import { Mark } from "../parts/mark.tsx";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";

/** An app wants to show this person somebody's data, and must know who they are. The owner is shown the request itself instead. */
export function ClaimsScreen({ handle }: { readonly handle: string }) {
  const { wallet, me, appName, signOut } = useHere();
  const [view, setView] = useState<ClaimsView>();
  const [leaving, setLeaving] = useState(false);
  const [because, setBecause] = useState<AskEnd>();

  const on = async (step: Promise<Onward & { readonly id?: string }>) => {
    setLeaving(true);
    await step.then(
      ({ id, continueAt }) => location.replace(id === undefined ? (continueAt ?? to.home) : to.request(id)),
      (thrown: unknown) => setBecause(askEnd(thrown)),
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `on` is made anew at each render and says the same
  useEffect(() => {
    wallet.claims(handle).then(
      (found) => (found.owner ? on(wallet.giveClaims(handle)) : setView(found)),
      (thrown: unknown) => setBecause(askEnd(thrown)),
    );
  }, [wallet, handle]);

  if (because !== undefined)
    return <DeadEnd appName={appName} because={because} personName={me.name} onSignOut={signOut} />;
  if (view === undefined) return <Starting />;
  const { client, logo, source, name } = view;
  return (
    <Screen appName={appName} title={words.claims.heading(client)}>
      <section>
        <div className="card item">
          <Mark name={client} logo={logo} />
          <span className="grow">
            <strong>{client}</strong>
            <span className="line small soft">{words.claims.wants(source)}</span>
          </span>
        </div>
      </section>
      <section>
        <p>{words.claims.owner(name, client)}</p>
        <p className="small soft">{words.claims.nothingElse(client)}</p>
      </section>
      <div className="stack">
        <Press kind="yes" busy={leaving} onPress={() => on(wallet.giveClaims(handle))}>
          {words.claims.say(name)}
        </Press>
        <Press kind="no" busy={leaving} onPress={() => on(wallet.refuseClaims(handle))}>
          {words.claims.refuse}
        </Press>
      </div>
    </Screen>
  );
}
