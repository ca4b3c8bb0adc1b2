import { useState } from "react";
import type { MutedApp } from "../../protocol/wallet-asks.ts";
import { useHere } from "../app/surface.ts";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { clock, day } from "../words/dates.ts";

interface MutedCardProps {
  readonly app: MutedApp;
  readonly onLifted?: () => unknown;
}

/** An app that cannot ask now: why, until when, and the way to let it (UX-10, UX-36). */
export function MutedCard({ app: { id, client, until, because }, onLifted }: MutedCardProps) {
  const { wallet } = useHere();
  const [is, setIs] = useState<"muted" | "busy" | "failed" | "lifted">("muted");
  const lift = async () => {
    setIs("busy");
    await wallet.unmute(id).then(
      () => {
        setIs("lifted");
        onLifted?.();
      },
      () => setIs("failed"),
    );
  };
  if (is === "lifted")
    return (
      <p className="outcome good" role="status">
        {words.muted.lifted(client)}
      </p>
    );
  return (
    <div className="outcome warn">
      <p>{words.muted.until[because](client, words.muted.when(day(until, locale), clock(until, locale)))}</p>
      <Press label={words.muted.liftFor(client)} busy={is === "busy"} onPress={lift}>
        {words.muted.lift}
      </Press>
      <div role="alert">{is === "failed" ? <p>{words.muted.failed}</p> : null}</div>
    </div>
  );
}
