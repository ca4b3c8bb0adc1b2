import { useEffect, useRef } from "react";
import { useNow } from "../app/watch.ts";

/** Calls back once when the time to answer has run out. */
export function useExpiry(expiresAt: number, onExpired: () => void): void {
  const over = useNow(1_000) >= expiresAt;
  const told = useRef(onExpired);
  told.current = onExpired;
  useEffect(() => {
    if (over) told.current();
  }, [over]);
}
