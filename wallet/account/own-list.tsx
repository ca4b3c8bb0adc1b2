import { type ReactNode, useState } from "react";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { words } from "../messages/languages.ts";
import { Said } from "../parts/said.tsx";
import { Screen } from "../parts/screen.tsx";
import { DeadEnd } from "../views/dead-end.tsx";
import { Starting } from "../views/starting.tsx";

interface OwnListProps<Own> {
  readonly heading: string;
  readonly explained: string;
  /** Must keep its identity. */
  readonly ask: () => Promise<readonly Own[]>;
  /** One of them; `changed` looks again, and what was done has the focus. */
  readonly card: (own: Own, all: readonly Own[], changed: (said?: string) => Promise<void>) => ReactNode;
  readonly none?: ReactNode;
  readonly below: (all: readonly Own[], look: () => Promise<void>) => ReactNode;
}

/** A screen under the settings: what a person has of one kind, card by card. */
export function OwnList<Own>({ heading, explained, ask, card, none, below }: OwnListProps<Own>) {
  const { me, appName, signOut } = useHere();
  const { value, refused, look } = useWatched(ask);
  const [said, setSaid] = useState<{ readonly text: string; readonly of: number | undefined }>();
  const changed = async (done?: string) => {
    setSaid(done === undefined ? undefined : { text: done, of: value?.length });
    await look();
  };
  if (value === undefined)
    return refused === undefined ? (
      <Starting />
    ) : (
      <DeadEnd appName={appName} because={refused} personName={me.name} onRetry={look} onSignOut={signOut} />
    );
  return (
    <Screen appName={appName} title={heading} back={to.settings} backWords={words.settings.heading}>
      <p className="lead soft">{explained}</p>
      {said === undefined ? null : <Said key={said.of}>{said.text}</Said>}
      {value.length === 0 ? (
        none
      ) : (
        <ul className="plain stack apart">{value.map((own) => card(own, value, changed))}</ul>
      )}
      {below(value, changed)}
    </Screen>
  );
}
