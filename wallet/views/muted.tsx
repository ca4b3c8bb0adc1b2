import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { words } from "../messages/languages.ts";
import { MutedApps } from "../muted/muted-apps.tsx";
import { Screen } from "../parts/screen.tsx";

/** A flow of an app the person muted: why it cannot ask, and the way to let it (UX-18). */
export function MutedScreen({ onUnmuted }: { readonly onUnmuted: () => unknown }) {
  const { appName } = useHere();
  const [heading, text] = words.deadEnd.elsewhere.muted;
  return (
    <Screen appName={appName} title={heading}>
      <p className="lead">{text}</p>
      <MutedApps onLifted={onUnmuted} />
      <div className="stack">
        <a className="button yes" href={to.home}>
          {words.done.toHome}
        </a>
      </div>
    </Screen>
  );
}
