import { useState } from "react";
import { DeviceCard } from "../account/device-card.tsx";
import { SignedInElsewhere } from "../account/elsewhere.tsx";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { words } from "../messages/languages.ts";
import { Screen } from "../parts/screen.tsx";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";

/** The phones and browsers that ring for a person, and the sessions elsewhere. */
export function DevicesScreen() {
  const { wallet, me, appName, signOut } = useHere();
  const { value, refused, look } = useWatched(wallet.devices);
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
    <Screen appName={appName} title={words.devices.heading} back={to.settings} backWords={words.settings.heading}>
      <p className="lead soft">{words.devices.explained}</p>
      <p className="only-heard" role="status">
        {said}
      </p>
      {value.length === 0 ? (
        <section className="card">
          <p>{words.devices.none}</p>
          <p className="under">{words.devices.noneHow}</p>
        </section>
      ) : (
        <ul className="plain stack apart">
          {value.map((device) => (
            <DeviceCard key={device.id} device={device} changed={changed} />
          ))}
        </ul>
      )}
      <SignedInElsewhere />
    </Screen>
  );
}
