import { useEffect, useState } from "react";
import type { Opened } from "../../protocol/push.ts";
import { kindOf, type RefusalKind } from "../api/refusal.ts";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { DeadEnd } from "./dead-end.tsx";
import { Starting } from "./starting.tsx";

/** What a push was about, which only the exchange knows (UX-50): its screen takes this one's place. */
export function NotificationScreen({ id }: { readonly id: string }) {
  const { wallet, me, appName, signOut } = useHere();
  const [because, setBecause] = useState<RefusalKind>();
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks again
  useEffect(() => {
    wallet.notification(id).then(
      (opened) => location.replace(addressOf(opened)),
      (thrown: unknown) => setBecause(kindOf(thrown)),
    );
  }, [wallet, id, tries]);

  if (because === undefined) return <Starting />;
  const again = () => {
    setBecause(undefined);
    setTries(tries + 1);
  };
  return <DeadEnd appName={appName} because={because} personName={me.name} onRetry={again} onSignOut={signOut} />;
}

function addressOf(opened: Opened): string {
  if (opened.opens === "account") return to.home;
  return opened.opens === "request" ? to.request(opened.id) : to.consent(opened.id);
}
