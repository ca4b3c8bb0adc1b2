import { useCallback } from "react";
import { closedIn } from "../api/refusal.ts";
import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { ClosedRequestScreen } from "../request/closed.tsx";
import { requestEnd } from "../request/ends.ts";
import { DeadEnd } from "./dead-end.tsx";
import { RequestScreen } from "./request.tsx";
import { Starting } from "./starting.tsx";

/** The link beside a number, scanned or opened: its request, with the number in it (UX-33). */
export function NumberScreen({ handle }: { readonly handle: string }) {
  const { wallet, me, appName, signOut } = useHere();
  const open = useCallback(() => wallet.number(handle), [wallet, handle]);
  const { value, refused, thrown, look } = useWatched(open);
  if (value !== undefined) return <RequestScreen id={value.id} number={value.number} />;
  if (refused === undefined) return <Starting />;
  const closed = closedIn(thrown);
  if (closed !== undefined) return <ClosedRequestScreen closed={closed} />;
  const because = refused === "not_found" ? "no_number" : requestEnd(thrown);
  return <DeadEnd appName={appName} because={because} personName={me.name} onRetry={look} onSignOut={signOut} />;
}
