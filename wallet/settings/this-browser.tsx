import { useEffect, useState } from "react";
import { type Rings, useHere } from "../app/surface.ts";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";

/** Whether this browser rings. It asks for permission only after a click; where it may not or cannot, it says that the inbox has everything (UX-54). */
export function ThisBrowser() {
  const { wallet, ringing } = useHere();
  const [rings, setRings] = useState<Rings>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => void ringing?.now().then(setRings), [ringing]);
  if (ringing === undefined || rings === undefined) return null;

  const change = async (changed: Promise<Rings>) => {
    setBusy(true);
    setFailed(false);
    await changed.then(setRings, () => setFailed(true));
    setBusy(false);
  };
  const heading = words.settings.ringHeading;
  return (
    <section aria-labelledby="this-browser">
      <h2 id="this-browser">{heading}</h2>
      <p className="soft small">{words.settings.ringExplained}</p>
      <div className="card apart stack">
        <p role="status">{said[rings]}</p>
        {rings === "off" ? (
          <Press
            wide
            busy={busy}
            label={words.settings.switchOnThis(heading)}
            onPress={() => change(ringing.start(wallet))}
          >
            {words.settings.switchOn}
          </Press>
        ) : null}
        {rings === "on" ? (
          <Press
            wide
            busy={busy}
            label={words.settings.switchOffThis(heading)}
            onPress={() => change(ringing.stop(wallet))}
          >
            {words.settings.switchOff}
          </Press>
        ) : null}
        {failed ? <p role="alert">{words.settings.notSaved}</p> : null}
      </div>
    </section>
  );
}

const said: Readonly<Record<Rings, string>> = {
  on: words.settings.ringOn,
  off: words.settings.off,
  denied: words.settings.ringDenied,
  impossible: words.settings.ringImpossible,
};
