import { useCallback, useEffect, useRef, useState } from "react";
import type { Elsewhere } from "../../protocol/wallet-asks.ts";
import type { RefusalKind } from "../api/refusal.ts";
import type { Wallet } from "../api/wallet.ts";
import { useNow, useWatched } from "../app/watch.ts";
import { WayOver } from "../elsewhere/way-over.tsx";
import { words } from "../messages/languages.ts";
import { Screen } from "../parts/screen.tsx";
import { TimeLeft } from "../parts/time-left.tsx";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";

const EVERY_MS = 3_000;

type End = "over" | "late" | "flow";
type Waits = Extract<Elsewhere, { state: "waiting" }>;

interface ElsewhereProps {
  readonly appName: string;
  readonly wallet: Wallet;
  readonly handle: string;
}

/** The page in the browser a flow began in, while the person answers on another device: it shows the number, waits, and goes on by itself. */
export function ElsewhereScreen({ appName, wallet, handle }: ElsewhereProps) {
  const [end, setEnd] = useState<End>();
  if (end !== undefined) return <DeadEnd appName={appName} because={end} />;
  return <Waiting appName={appName} wallet={wallet} handle={handle} onEnd={setEnd} />;
}

/** Asks until there is an end: nothing of it goes on behind one. */
function Waiting({ appName, wallet, handle, onEnd }: ElsewhereProps & { readonly onEnd: (end: End) => void }) {
  const ask = useCallback(() => wallet.elsewhere(handle), [wallet, handle]);
  const { value, refused, look } = useWatched(ask, EVERY_MS);
  // Each answer has a link of its own; the first stays on the screen, so that the code to scan stands still.
  const first = useRef<Waits>(undefined);
  if (value?.state === "waiting") first.current ??= value;
  const continueAt = value?.state === "answered" ? value.continueAt : undefined;
  const late = useNow(1_000) >= (first.current?.expiresAt ?? Number.POSITIVE_INFINITY);
  const end = continueAt === undefined ? endOf(value, refused, late) : undefined;
  useEffect(() => {
    if (continueAt !== undefined) location.replace(continueAt);
    if (end !== undefined) onEnd(end);
  }, [continueAt, end, onEnd]);

  if (continueAt !== undefined || end !== undefined) return <Starting />;
  if (first.current !== undefined)
    return <WaitingFor appName={appName} shown={first.current} unreachable={refused !== undefined} />;
  return refused === undefined ? <Starting /> : <DeadEnd appName={appName} because={refused} onRetry={look} />;
}

function endOf(value: Elsewhere | undefined, refused: RefusalKind | undefined, late: boolean): End | undefined {
  if (late) return "late";
  if (value?.state === "over") return "over";
  return refused === "not_found" ? "flow" : undefined;
}

interface WaitingForProps {
  readonly appName: string;
  readonly shown: Waits;
  readonly unreachable: boolean;
}

function WaitingFor({ appName, shown, unreachable }: WaitingForProps) {
  return (
    <Screen appName={appName} title={words.elsewhere.heading}>
      <p className="time">
        <TimeLeft until={shown.expiresAt} />
      </p>
      <ol className="steps">
        <li>
          <h2>{words.elsewhere.scan}</h2>
          <WayOver link={shown.link} />
        </li>
        <li>
          <h2>{words.elsewhere.number}</h2>
          <p className="letters">{shown.number}</p>
        </li>
      </ol>
      <p className={unreachable ? "outcome warn" : "outcome good"} role="status">
        {unreachable ? words.elsewhere.unreachable : words.elsewhere.waiting}
      </p>
      <p className="small soft apart">{words.elsewhere.never}</p>
    </Screen>
  );
}
