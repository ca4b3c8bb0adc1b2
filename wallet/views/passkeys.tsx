import { useState } from "react";
import { AddPasskey } from "../account/add-passkey.tsx";
import { PasskeyCard } from "../account/passkey-card.tsx";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { words } from "../messages/languages.ts";
import { Screen } from "../parts/screen.tsx";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";

/** The passkeys of a person. */
export function PasskeysScreen() {
  const { wallet, me, appName, signOut } = useHere();
  const { value, refused, look } = useWatched(wallet.passkeys);
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
    <Screen appName={appName} title={words.passkeys.heading} back={to.settings} backWords={words.settings.heading}>
      <p className="lead soft">{words.passkeys.explained}</p>
      <p className="only-heard" role="status">
        {said}
      </p>
      <ul className="plain stack apart">
        {value.map((passkey) => (
          <PasskeyCard key={passkey.id} passkey={passkey} isOnly={value.length === 1} changed={changed} />
        ))}
      </ul>
      <AddPasskey added={look} />
    </Screen>
  );
}
