import { useCallback, useState } from "react";
import type { ConsentView } from "../../protocol/wallet.ts";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { ForgetConsent } from "../consent/forget.tsx";
import { ConsentHistory } from "../consent/history.tsx";
import { PauseSharing } from "../consent/pause.tsx";
import { ReminderOf } from "../consent/reminder.tsx";
import { Shorten } from "../consent/shorten.tsx";
import { StopSharing } from "../consent/stop-sharing.tsx";
import { ConsentTerms } from "../consent/terms.tsx";
import { ConsentUses } from "../consent/uses.tsx";
import { isConnected } from "../home/connections.tsx";
import { words } from "../messages/languages.ts";
import { MutedCard } from "../muted/muted-card.tsx";
import { Mark } from "../parts/mark.tsx";
import { Screen } from "../parts/screen.tsx";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";

const EVERY_MS = 15_000;
/** Those who are told that it was stopped confirm it one after the other. */
const AFTER_STOP_MS = 3_000;

/** One consent: how it stands, what it is about, and the way to end it. */
export function ConsentScreen({ id }: { readonly id: string }) {
  const { wallet, me, appName, signOut } = useHere();
  const ask = useCallback(async () => {
    const [consent, all] = await Promise.all([wallet.consent(id), wallet.connected()]);
    const others = all.filter((other) => other.id !== id && other.client === consent.client && isConnected(other));
    return { consent, others: others.length };
  }, [wallet, id]);
  const [stopped, setStopped] = useState<ConsentView>();
  const { value, refused, look } = useWatched(ask, stopped === undefined ? EVERY_MS : AFTER_STOP_MS);
  const [stepped, setStepped] = useState<{ readonly consent: ConsentView; readonly after: typeof value }>();
  // What a step of this screen led to stands until the next look.
  const seen = stepped !== undefined && stepped.after === value ? stepped.consent : value?.consent;
  const consent = seen !== undefined && !isConnected(seen) ? seen : (stopped ?? seen);
  // What came of the last step is said, and of that one alone.
  const [latest, setLatest] = useState<"reminder" | "shorten" | "pause" | "stop">();
  const step = (name: NonNullable<typeof latest>) => ({
    isLatest: latest === name,
    onStep: (next: ConsentView) => {
      setStepped({ consent: next, after: value });
      setLatest(name);
    },
  });

  if (consent === undefined)
    return refused === undefined ? (
      <Starting />
    ) : (
      <DeadEnd appName={appName} because={refused} personName={me.name} onRetry={look} onSignOut={signOut} />
    );
  return (
    <Screen
      appName={appName}
      title={consent.client}
      back={to.consents}
      beside={<Mark name={consent.client} logo={consent.logo} />}
    >
      <p className={consent.state === "active" ? "lead" : "lead soft"}>
        {consent.signIn
          ? words.signIn.states[consent.state](consent.client)
          : consent.notInUse
            ? words.consent.notInUse(consent.client)
            : words.consent.states[consent.state](consent.client)}
      </p>
      <ReminderOf consent={consent} {...step("reminder")} />
      {seen?.muted === undefined ? null : <MutedCard app={seen.muted} onLifted={look} />}
      <ConsentTerms consent={consent} />
      <ConsentUses uses={seen?.uses} />
      <ConsentHistory consent={consent} />
      <Shorten consent={consent} {...step("shorten")} />
      <PauseSharing consent={consent} {...step("pause")} />
      <StopSharing
        consent={consent}
        others={value?.others ?? 0}
        onStopped={(next) => {
          setStopped(next);
          setLatest("stop");
        }}
      />
      <ForgetConsent consent={consent} />
    </Screen>
  );
}
