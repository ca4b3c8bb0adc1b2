import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import type { Me, Session } from "../../protocol/wallet.ts";
import { RecoveryAlarm } from "../account/alarm.tsx";
import { kindOf } from "../api/refusal.ts";
import { walletOver } from "../api/wallet.ts";
import { PicturesContext } from "../parts/mark.tsx";
import type { Kept } from "../request/choices.ts";
import { AskWelcome } from "../views/ask-welcome.tsx";
import { DeadEnd } from "../views/dead-end.tsx";
import { ElsewhereScreen } from "../views/elsewhere.tsx";
import { RecoverScreen } from "../views/recover.tsx";
import { Starting } from "../views/starting.tsx";
import { Welcome } from "../views/welcome.tsx";
import { routeOf, useHash } from "./route.ts";
import { Screens } from "./screens.tsx";
import { sessionAfter } from "./session.ts";
import { HereContext, type Surface } from "./surface.ts";

/** The person's app on one surface: signed out it is the welcome screen, whatever the address; the address waits. */
export function App({ surface }: { readonly surface: Surface }) {
  const kept = useRef<Kept>(new Map());
  const [session, tell] = useReducer(sessionAfter, { is: "starting" });

  const wallet = useMemo(
    () =>
      walletOver(async (method, path, body) => {
        try {
          return await surface.call(method, path, body);
        } catch (thrown) {
          if (kindOf(thrown) === "signed_out" && path !== "/wallet/session")
            tell({ type: "refused", because: "signed_out" });
          throw thrown;
        }
      }),
    [surface],
  );

  const arrive = useCallback(
    async (me: Me) => {
      tell({ type: "arrived", me });
      await surface.here(wallet).catch(() => undefined);
    },
    [surface, wallet],
  );
  const start = useCallback(async () => {
    tell({ type: "started" });
    await wallet.me().then(arrive, (thrown: unknown) => tell({ type: "refused", because: kindOf(thrown) }));
  }, [wallet, arrive]);
  useEffect(() => void start(), [start]);

  const [pictures, setPictures] = useState<string>();
  const { is } = session;
  useEffect(() => void (is === "starting" || surface.walletOrigin().then(setPictures, () => undefined)), [surface, is]);

  const began = async (begun: Session) => {
    await surface.began(begun);
    await arrive(begun.person);
  };
  const signOut = async () => {
    await wallet.signOut().catch(() => undefined);
    await surface.ended();
    kept.current.clear();
    tell({ type: "left" });
  };

  const route = routeOf(useHash());
  if (route.screen === "stopped") return <DeadEnd appName={surface.name} because={route.because} />;
  if (route.screen === "elsewhere")
    return <ElsewhereScreen key={route.id} appName={surface.name} wallet={wallet} handle={route.id} />;
  if (route.screen === "recover")
    return <RecoverScreen appName={surface.name} described={surface.described} wallet={wallet} onBegan={began} />;
  if (session.is === "starting") return <Starting />;
  if (session.is === "unreachable") return <DeadEnd appName={surface.name} because={session.because} onRetry={start} />;
  if (session.is === "signed_out") {
    const { name: appName, described } = surface;
    const entry = { appName, described, wallet, again: session.again, onBegan: began };
    return route.screen === "ask" ? <AskWelcome {...entry} handle={route.id} /> : <Welcome {...entry} />;
  }
  const changedMe = (me: Me) => tell({ type: "arrived", me });
  return (
    <HereContext
      value={{
        wallet,
        me: session.me,
        appName: surface.name,
        described: surface.described,
        walletOrigin: surface.walletOrigin,
        changedMe,
        signOut,
        ringing: surface.ringing,
        kept: kept.current,
      }}
    >
      <PicturesContext value={pictures}>
        <RecoveryAlarm />
        <Screens />
      </PicturesContext>
    </HereContext>
  );
}
