import type { CountedParty, UsesView } from "../../protocol/wallet-uses.ts";
import type { Exchange } from "../exchange.ts";
import { isResourceServer } from "../party.ts";
import { type DayOfUse, lastUseOf, sumOf, type UseKind } from "../uses.ts";

/** A consent has ten sources at most, and its Client: so many counts are a whole day. */
const OF_A_DAY = 11;

/** When it was last used: the newest day that has a use. */
export async function lastUsedAt(as: Pick<Exchange, "records">, consentId: string): Promise<number | undefined> {
  return lastUseOf(await as.records.uses.of(consentId, OF_A_DAY));
}

/** All that was counted, by who did it. */
export async function usesView(as: Pick<Exchange, "records" | "registry">, consentId: string): Promise<UsesView> {
  const days = await as.records.uses.of(consentId);
  const lastAt = lastUseOf(days);
  const collected = sumOf(days, "collected");
  return {
    times: sumOf(days, "used")?.times ?? 0,
    ...(lastAt !== undefined && { lastAt }),
    sources: await byParty(as, days, "used"),
    ...(collected !== undefined && { collected }),
    refused: await byParty(as, days, "refused"),
  };
}

/** The latest first. */
async function byParty(
  as: Pick<Exchange, "registry">,
  days: readonly DayOfUse[],
  kind: UseKind,
): Promise<readonly CountedParty[]> {
  const parties = [...new Set(days.map(({ party }) => party))];
  const counted = await Promise.all(
    parties.map(async (party) => {
      const sum = sumOf(
        days.filter((day) => day.party === party),
        kind,
      );
      return sum === undefined ? [] : [{ ...(await named(as, party)), ...sum }];
    }),
  );
  return counted.flat().sort((a, b) => b.lastAt - a.lastAt);
}

/** A party in words; a place, or the app itself. */
export async function named(
  as: Pick<Exchange, "registry">,
  party: string,
): Promise<Pick<CountedParty, "name" | "app">> {
  const place = isResourceServer({ client_id: party });
  const registered = await (place ? as.registry.resourceServer(party) : as.registry.client(party));
  return { name: registered?.client_name ?? "", ...(!place && { app: true as const }) };
}
