import { ActivityScreen } from "../views/activity.tsx";
import { AddSource } from "../views/add-source.tsx";
import { AskScreen, TakeAskScreen } from "../views/ask.tsx";
import { ClaimsScreen } from "../views/claims.tsx";
import { CodeForApp } from "../views/code-for-app.tsx";
import { ConsentScreen } from "../views/consent.tsx";
import { ConsentsScreen } from "../views/consents.tsx";
import { DeadEnd } from "../views/dead-end.tsx";
import { DeleteWalletScreen } from "../views/delete-wallet.tsx";
import { DevicesScreen } from "../views/devices.tsx";
import { ExportScreen } from "../views/export.tsx";
import { HomeScreen } from "../views/home.tsx";
import { LinkScreen } from "../views/link.tsx";
import { NotificationScreen } from "../views/notification.tsx";
import { NumberScreen } from "../views/number.tsx";
import { OpenLinkScreen } from "../views/open-link.tsx";
import { PasskeysScreen } from "../views/passkeys.tsx";
import { RecoveryCodeScreen } from "../views/recovery-code.tsx";
import { RequestScreen } from "../views/request.tsx";
import { SettingsScreen } from "../views/settings.tsx";
import { SourceScreen } from "../views/source.tsx";
import { routeOf, useHash } from "./route.ts";
import { useHere } from "./surface.ts";

/** Which screen the address means. A new address makes a new screen: nothing of the one before stays. */
export function Screens() {
  const hash = useHash();
  const { appName, me } = useHere();
  const route = routeOf(hash);
  switch (route.screen) {
    case "home":
      return <HomeScreen />;
    case "request":
      return <RequestScreen key={hash} id={route.id} />;
    case "notification":
      return <NotificationScreen key={hash} id={route.id} />;
    case "ask":
      return route.here ? <TakeAskScreen key={hash} handle={route.id} /> : <AskScreen key={hash} handle={route.id} />;
    case "open-link":
      return <OpenLinkScreen />;
    case "number":
      return <NumberScreen key={hash} handle={route.id} />;
    case "link":
      return <LinkScreen key={hash} id={route.id} />;
    case "claims":
      return <ClaimsScreen key={hash} handle={route.id} />;
    case "add-source":
      return <AddSource key={hash} {...(route.forRequest === undefined ? {} : { forRequest: route.forRequest })} />;
    case "source":
      return <SourceScreen key={hash} id={route.id} />;
    case "connect":
      return <CodeForApp />;
    case "consents":
      return <ConsentsScreen filter={route.filter} />;
    case "consent":
      return <ConsentScreen key={hash} id={route.id} />;
    case "activity":
      return <ActivityScreen />;
    case "settings":
      return <SettingsScreen />;
    case "ring":
      return <SettingsScreen sought="ring" />;
    case "export":
      return <ExportScreen />;
    case "delete":
      return <DeleteWalletScreen />;
    case "devices":
      return <DevicesScreen />;
    case "recovery":
      return <RecoveryCodeScreen />;
    case "passkeys":
      return <PasskeysScreen />;
    case "nowhere":
      return <DeadEnd appName={appName} because="not_found" personName={me.name} />;
  }
}
