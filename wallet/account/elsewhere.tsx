import { useState } from "react";
import { useHere } from "../app/surface.ts";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";

/** Every session but this one ends. */
export function SignedInElsewhere() {
  const { wallet } = useHere();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState("");
  const signOut = async () => {
    setBusy(true);
    await wallet.signOutElsewhere().then(
      () => setSaid(words.sessions.done),
      () => setSaid(words.settings.notSaved),
    );
    setBusy(false);
  };
  return (
    <section aria-labelledby="signed-in-elsewhere">
      <h2 id="signed-in-elsewhere">{words.sessions.heading}</h2>
      <p className="soft small">{words.sessions.explained}</p>
      <div className="under stack">
        <Press wide busy={busy} onPress={signOut}>
          {words.sessions.signOut}
        </Press>
        <p role="status">{said}</p>
      </div>
    </section>
  );
}
