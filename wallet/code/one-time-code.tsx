import { useCallback, useEffect, useRef, useState } from "react";
import type { OneTimeCode } from "../../protocol/wallet.ts";
import { kindOf, type RefusalKind } from "../api/refusal.ts";
import { useHere } from "../app/surface.ts";
import { useNow } from "../app/watch.ts";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { TimeLeft } from "../parts/time-left.tsx";
import { grouped, spelled } from "../words/code.ts";

interface OneTimeCodeProps {
  readonly purpose: "app" | "source";
  readonly how: string;
  readonly waiting: string;
}

/** A code in letters to read across a room, with what it is for, who must never hear it, and how long it lives. */
export function OneTimeCodeCard({ purpose, how, waiting }: OneTimeCodeProps) {
  const { code, refused, renew } = useCode(purpose);
  const now = useNow(1_000);
  const over = code !== undefined && now >= code.expiresAt;
  return (
    <>
      <p className="lead">{how}</p>
      <section className="card code" aria-labelledby="code">
        <h2 id="code" className="small soft">
          {words.code.yours}
        </h2>
        {code === undefined || over ? (
          <p role="status">{over ? words.code.over : refused === undefined ? words.app.loading : passing(refused)}</p>
        ) : (
          <LiveCode code={code} />
        )}
        {over || refused !== undefined ? (
          <Press kind="yes" wide onPress={() => renew()}>
            {words.code.another}
          </Press>
        ) : null}
      </section>
      <p className="outcome warn">{words.code.never}</p>
      <p className="small soft apart">{waiting}</p>
    </>
  );
}

function LiveCode({ code }: { readonly code: OneTimeCode }) {
  const [copied, setCopied] = useState(false);
  const [first, second] = grouped(code.code);
  const copy = async () =>
    setCopied(
      await navigator.clipboard.writeText(code.code).then(
        () => true,
        () => false,
      ),
    );
  return (
    <>
      <p className="letters">
        <span className="only-heard">{words.code.spelled(spelled(code.code))}</span>
        <span aria-hidden="true">{first}</span>
        <span aria-hidden="true">{second}</span>
      </p>
      <p className="small soft">
        {words.code.once}
        <TimeLeft until={code.expiresAt} className="line left" />
      </p>
      <Press wide onPress={() => copy()}>
        {copied ? words.code.copied : words.code.copy}
      </Press>
      <span className="only-heard" role="status">
        {copied ? words.code.copied : ""}
      </span>
    </>
  );
}

function useCode(purpose: "app" | "source") {
  const { wallet } = useHere();
  const [code, setCode] = useState<OneTimeCode>();
  const [refused, setRefused] = useState<RefusalKind>();
  const asked = useRef(false);
  const renew = useCallback(async () => {
    setCode(undefined);
    setRefused(undefined);
    await wallet.oneTimeCode(purpose).then(setCode, (thrown: unknown) => setRefused(kindOf(thrown)));
  }, [wallet, purpose]);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void renew();
  }, [renew]);
  return { code, refused, renew };
}

const passing = (refused: RefusalKind) => (refused === "offline" ? words.deadEnd.offlineText : words.deadEnd.busyText);
