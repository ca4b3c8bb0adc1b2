import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { nowMs } from "../api/clock.ts";
import { kindOf, type RefusalKind } from "../api/refusal.ts";

/** The last thing seen, and why the newest look failed, if it did. */
export interface Watched<Value> {
  readonly value?: Value;
  readonly refused?: RefusalKind;
  /** What was thrown then. */
  readonly thrown?: unknown;
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
      (thrown: unknown) => ({ refused: kindOf(thrown), thrown }),
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

/** Seconds since the epoch, renewed every `everyMs`; as late as the moment it is asked, for an answer may just have told the time. */
export function useNow(everyMs: number): number {
  const [, renew] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    const timer = setInterval(renew, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return secondsNow();
}

export const secondsNow = (): number => Math.floor(nowMs() / 1_000);
