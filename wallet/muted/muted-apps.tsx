import { useHere } from "../app/surface.ts";
import { useWatched } from "../app/watch.ts";
import { MutedCard } from "./muted-card.tsx";

/** Every app whose requests do not arrive, before a person waits for one in vain. */
export function MutedApps({ onLifted }: { readonly onLifted?: () => unknown }) {
  const { wallet } = useHere();
  const { value: muted = [] } = useWatched(wallet.muted);
  return muted.map((app) => <MutedCard key={app.id} app={app} {...(onLifted && { onLifted })} />);
}
