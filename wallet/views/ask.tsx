import { useEffect, useState } from "react";
import { kindOf, type RefusalKind } from "../api/refusal.ts";
import { to } from "../app/route.ts";
import { useHere } from "../app/surface.ts";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";

/** A flow of this browser asks whoever is signed in here: from now on that is the person, and the request is an ordinary one. */
export function AskScreen({ handle }: { readonly handle: string }) {
  const { wallet, me, appName, signOut } = useHere();
  const [because, setBecause] = useState<RefusalKind>();
  useEffect(() => {
    wallet.takeAsk(handle).then(
      ({ id }) => location.replace(to.request(id)),
      (thrown: unknown) => setBecause(kindOf(thrown)),
    );
  }, [wallet, handle]);
  if (because === undefined) return <Starting />;
  const why = because === "closed" ? "not_yours" : because;
  return <DeadEnd appName={appName} because={why} personName={me.name} onSignOut={signOut} />;
}
