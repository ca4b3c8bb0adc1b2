import type { ConsentView } from "../../protocol/wallet.ts";
import { isConnected } from "../home/connections.tsx";

/** How consents are told apart in the list (UX-13). */
export const FILTERS = ["all", "active", "paused", "expired", "withdrawn", "refused"] as const;
export type Filter = (typeof FILTERS)[number];

/** The one filter beside "all" that shows it: `expired` is whatever ended without the person, `refused` what was never allowed. */
export function filterOf({ state, endedBy }: ConsentView): Exclude<Filter, "all"> {
  if (state === "active" || state === "paused") return state;
  if (state === "declined") return "refused";
  return endedBy === "withdrawn" ? "withdrawn" : "expired";
}

/** What stands first, then the newest; each word of the search stands in the app's name, a kind or a source. */
export function found(consents: readonly ConsentView[], search: string): readonly ConsentView[] {
  const sought = plain(search).split(/\s+/).filter(Boolean);
  const fits = (consent: ConsentView) => {
    const text = plain(
      [consent.client, ...consent.kinds.flatMap(({ title, sources }) => [title, ...sources])].join(" "),
    );
    return sought.every((word) => text.includes(word));
  };
  const matching = consents.filter(fits);
  return [...matching.filter(isConnected), ...matching.filter((consent) => !isConnected(consent))];
}

/** Without accents and capitals. */
const plain = (text: string) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
