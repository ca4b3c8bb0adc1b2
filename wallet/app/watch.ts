import { useCallback, useEffect, useRef, useState } from "react";
import { kindOf, type RefusalKind } from "../api/refusal.ts";

/** The last thing seen, and why the newest look failed, if it did. */
export interface Watched<Value> {
  readonly value?: Value;
  readonly refused?: RefusalKind;
  readonly look: () => Promise<void>;
}

/** Looks once, and again every `everyMs` while the page is visible: the inbox works with push off (UX-59). `ask` must keep its identity. */
export function useWatched<Value>(ask: () => Promise<Value>, everyMs?: number): Watched<Value> {
  const [seen, setSeen] = useState<Omit<Watched<Value>, "look">>({});
  const current = useRef(ask);

  const look = useCallback(async () => {
    current.current = ask;
    const outcome = await ask().then(
      (value) => ({ value }),
      (thrown: unknown) => ({ refused: kindOf(thrown) }),
    );
    if (current.current === ask) setSeen((before) => ("value" in outcome ? outcome : { ...before, ...outcome }));
  }, [ask]);

  useEffect(() => {
    const lookIfVisible = () => {
      if (document.visibilityState === "visible") void look();
    };
    void look();
    const timer = everyMs === undefined ? undefined : setInterval(lookIfVisible, everyMs);
    document.addEventListener("visibilitychange", lookIfVisible);
    addEventListener("online", lookIfVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", lookIfVisible);
      removeEventListener("online", lookIfVisible);
    };
  }, [look, everyMs]);

  return { ...seen, look };
}

/** Seconds since the epoch, renewed every `everyMs`. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(secondsNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(secondsNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

export const secondsNow = (): number => Math.floor(Date.now() / 1_000);
