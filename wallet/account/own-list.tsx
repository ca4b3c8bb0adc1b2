import { type ReactNode, useState } from "react";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { words } from "../messages/languages.ts";
import { Screen } from "../parts/screen.tsx";
import { DeadEnd } from "../views/dead-end.tsx";
import { Starting } from "../views/starting.tsx";

interface OwnListProps<Own> {
  readonly heading: string;
  readonly explained: string;
  /** Must keep its identity. */
  readonly ask: () => Promise<readonly Own[]>;
  /** One of them; `changed` looks again, and what was done is said aloud. */
  readonly card: (own: Own, all: readonly Own[], changed: (said?: string) => Promise<void>) => ReactNode;
  readonly none?: ReactNode;
  readonly below: (look: () => Promise<void>) => ReactNode;
}

/** A screen under the settings: what a person has of one kind, card by card. */
export function OwnList<Own>({ heading, explained, ask, card, none, below }: OwnListProps<Own>) {
  const { me, appName, signOut } = useHere();
  const { value, refused, look } = useWatched(ask);
  const [said, setSaid] = useState("");
  const changed = async (done = "") => {
    setSaid(done);
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
      <p className="only-heard" role="status">
        {said}
      </p>
      {value.length === 0 ? (
        none
      ) : (
        <ul className="plain stack apart">{value.map((own) => card(own, value, changed))}</ul>
      )}
      {below(look)}
    </Screen>
  );
}
