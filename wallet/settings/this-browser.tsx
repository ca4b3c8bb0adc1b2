import { useEffect, useRef, useState } from "react";
import { type Rings, useHere } from "../app/surface.ts";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";

/** Whether this browser rings. It asks for permission only after a click; where it may not or cannot, it says that the inbox has everything (UX-54). */
export function ThisBrowser({ sought }: { readonly sought: boolean }) {
  const { wallet, ringing } = useHere();
  const [rings, setRings] = useState<Rings>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => void ringing?.now().then(setRings), [ringing]);
  const heading = useRef<HTMLHeadingElement>(null);
  const isShown = rings !== undefined;
  useEffect(() => {
    if (!sought || !isShown) return;
    heading.current?.focus();
    heading.current?.scrollIntoView();
  }, [sought, isShown]);
  if (ringing === undefined || rings === undefined) return null;

  const change = async (changed: Promise<Rings>) => {
    setBusy(true);
    setFailed(false);
    await changed.then(setRings, () => setFailed(true));
    setBusy(false);
  };
  const called = words.settings.ringHeading;
  return (
    <section aria-labelledby="this-browser">
      <h2 id="this-browser" ref={heading} tabIndex={-1}>
        {called}
      </h2>
      <p className="soft small">{words.settings.ringExplained}</p>
      <div className="card apart stack">
        <p role="status">{said[rings]}</p>
        {rings === "off" ? (
          <Press
            wide
            busy={busy}
            label={words.settings.switchOnThis(called)}
            onPress={() => change(ringing.start(wallet))}
          >
            {words.settings.switchOn}
          </Press>
        ) : null}
        {rings === "on" ? (
          <Press
            wide
            busy={busy}
            label={words.settings.switchOffThis(called)}
            onPress={() => change(ringing.stop(wallet))}
          >
            {words.settings.switchOff}
          </Press>
        ) : null}
        {failed ? <p role="alert">{rings === "off" ? words.settings.ringFailed : words.settings.notSaved}</p> : null}
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
