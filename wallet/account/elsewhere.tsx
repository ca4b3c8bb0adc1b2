import { useState } from "react";
import type { SessionView } from "../../protocol/wallet-sessions.ts";
import { useHere } from "../app/surface.ts";
import { secondsNow, useWatched } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Said } from "../parts/said.tsx";
import { clock, lately } from "../words/dates.ts";

/** Where a person is signed in: one session after the other, or every one but this, ends. */
export function SignedInElsewhere() {
  const { wallet } = useHere();
  const { value: sessions, refused, look } = useWatched(wallet.sessions);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ readonly text: string; readonly times: number }>();
  const [failed, setFailed] = useState(false);
  const ending = async (end: () => Promise<void>, done: string) => {
    setBusy(true);
    setFailed(false);
    const ended = await end().then(
      () => true,
      () => false,
    );
    await look();
    setFailed(!ended);
    setSaid((before) => (ended ? { text: done, times: (before?.times ?? 0) + 1 } : undefined));
    setBusy(false);
  };
  return (
    <section aria-labelledby="signed-in">
      <h2 id="signed-in">{words.sessions.heading}</h2>
      <p className="soft small">{words.sessions.explained}</p>
      {said === undefined ? null : <Said key={said.times}>{said.text}</Said>}
      <div role="alert">{failed ? <p className="outcome warn">{words.sessions.notEnded}</p> : null}</div>
      {sessions === undefined && refused !== undefined ? <p className="under">{words.sessions.unknown}</p> : null}
      {sessions === undefined ? null : (
        <ul className="plain stack apart">
          {sessions.map((session) => (
            <SessionCard
              key={session.id}
              session={session}
              busy={busy}
              onEnd={(name) => ending(() => wallet.endSession(session.id), words.sessions.ended(name))}
            />
          ))}
        </ul>
      )}
      {sessions !== undefined && sessions.length > 1 ? (
        <p className="soft small under">{words.sessions.notYours}</p>
      ) : null}
      <div className="under stack">
        <Press wide busy={busy} onPress={() => ending(wallet.signOutElsewhere, words.sessions.done)}>
          {words.sessions.signOut}
        </Press>
      </div>
    </section>
  );
}

interface SessionCardProps {
  readonly session: SessionView;
  readonly busy: boolean;
  readonly onEnd: (name: string) => unknown;
}

function SessionCard({ session, busy, onEnd }: SessionCardProps) {
  const { at, name = words.sessions.unnamed, thisOne = false } = session;
  const when = `${lately(at, secondsNow(), locale)}, ${clock(at, locale)}`;
  return (
    <li className="card stack">
      <div>
        <strong className="break">{name}</strong>
        {thisOne ? <span className="pill beside">{words.own.thisOne}</span> : null}
        <span className="line small soft">{words.sessions.began(when)}</span>
      </div>
      {thisOne ? null : (
        <Press label={words.sessions.endThis(name, when)} busy={busy} onPress={() => onEnd(name)}>
          {words.sessions.end}
        </Press>
      )}
    </li>
  );
}
