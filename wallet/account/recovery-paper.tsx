import { useEffect, useRef, useState } from "react";
import type { RecoveryCode } from "../../protocol/wallet-recovery.ts";
import { useHere } from "../app/surface.ts";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { spelledInGroups } from "../words/code.ts";
import { day } from "../words/dates.ts";

interface RecoveryPaperProps {
  readonly made: RecoveryCode;
  readonly kept: () => void;
}

/** The code, once: on the screen, and on paper with what it is for. */
export function RecoveryPaper({ made, kept }: RecoveryPaperProps) {
  const { walletOrigin } = useHere();
  const [address, setAddress] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => void walletOrigin().then((origin) => setAddress(new URL(origin).host)), [walletOrigin]);
  useEffect(() => heading.current?.focus(), []);
  const groups = made.code.split("-");
  return (
    <section className="stack" aria-labelledby="recovery-code">
      <p className="outcome warn">{words.recovery.once}</p>
      <div className="card paper">
        <h2 id="recovery-code" ref={heading} tabIndex={-1}>
          {words.recovery.yours}
        </h2>
        <p className="only-heard">{spelledInGroups(groups)}</p>
        <ol className="groups" aria-hidden="true">
          {groups.map((group, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: groups stay where they are, and may be alike
            <li key={place}>{group}</li>
          ))}
        </ol>
        <p className="small">{words.recovery.use(address)}</p>
        <p className="small">{words.recovery.keep}</p>
        <p className="small soft">{words.recovery.printed(day(made.madeAt, locale))}</p>
      </div>
      <div className="pair">
        <Press onPress={() => print()}>{words.recovery.print}</Press>
        <Press kind="yes" onPress={kept}>
          {words.recovery.kept}
        </Press>
      </div>
    </section>
  );
}
