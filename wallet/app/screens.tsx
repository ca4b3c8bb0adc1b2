import { CodeForApp } from "../screens/code-for-app.tsx";
import { CodeForSource } from "../screens/code-for-source.tsx";
import { ConsentScreen } from "../screens/consent.tsx";
import { ConsentsScreen } from "../screens/consents.tsx";
import { DeadEnd } from "../screens/dead-end.tsx";
import { HomeScreen } from "../screens/home.tsx";
import { RequestScreen } from "../screens/request.tsx";
import { SettingsScreen } from "../screens/settings.tsx";
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
    case "add-source":
      return <CodeForSource key={hash} {...(route.forRequest === undefined ? {} : { forRequest: route.forRequest })} />;
    case "connect":
      return <CodeForApp />;
    case "consents":
      return <ConsentsScreen ended={route.ended} />;
    case "consent":
      return <ConsentScreen key={hash} id={route.id} />;
    case "settings":
      return <SettingsScreen />;
    case "nowhere":
      return <DeadEnd appName={appName} because="not_found" personName={me.name} />;
  }
}
