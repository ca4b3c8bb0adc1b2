import { useCallback, useEffect, useState } from "react";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { type AskEnd, askEnd } from "../elsewhere/ends.ts";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import { DeadEnd } from "./dead-end.tsx";
import { MutedScreen } from "./muted.tsx";
import { Starting } from "./starting.tsx";

/** A flow asks whoever is signed in here: from now on that is the person, and the request is an ordinary one. */
export function TakeAskScreen({ handle }: { readonly handle: string }) {
  const { wallet, me, appName, signOut } = useHere();
  const [because, setBecause] = useState<AskEnd>();
  const take = useCallback(() => {
    setBecause(undefined);
    wallet.takeAsk(handle).then(
      ({ id, asks }) => location.replace(asks === "link" ? to.link(id) : to.request(id)),
      (thrown: unknown) => setBecause(askEnd(thrown)),
    );
  }, [wallet, handle]);
  useEffect(() => take(), [take]);
  if (because === undefined) return <Starting />;
  if (because === "muted") return <MutedScreen onUnmuted={take} />;
  const why = because === "changed" ? "busy" : because;
  return <DeadEnd appName={appName} because={why} personName={me.name} onRetry={take} onSignOut={signOut} />;
}

/** Where to answer: here, or on another device. Behind a link that another screen shows there is nothing to choose. */
export function AskScreen({ handle }: { readonly handle: string }) {
  const { wallet, me, appName, signOut } = useHere();
  const ask = useCallback(() => wallet.ask(handle), [wallet, handle]);
  const { value, refused, thrown, look } = useWatched(ask);
  if (refused !== undefined)
    return <DeadEnd appName={appName} because={askEnd(thrown)} personName={me.name} onRetry={look} />;
  if (value === undefined) return <Starting />;
  if (value.elsewhereAt === undefined) return <TakeAskScreen handle={handle} />;
  return (
    <Screen appName={appName} title={words.ask.heading(value.client)}>
      <p className="lead">{words.ask.where}</p>
      <div className="stack">
        <a className="button yes" href={to.askHere(handle)}>
          {words.ask.here(me.name)}
        </a>
        <a className="button" href={value.elsewhereAt}>
          {words.ask.elsewhere}
        </a>
        <Press kind="quiet" onPress={() => signOut()}>
          {words.deadEnd.signOut}
        </Press>
      </div>
    </Screen>
  );
}
