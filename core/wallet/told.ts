import type { ToldParty } from "../../protocol/wallet-told.ts";
import type { Consent } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { endpointOf, isClientTold, PATIENCE } from "../security-event.ts";
import { named } from "./uses.ts";

interface Hearing {
  readonly party: string;
  readonly since: number;
  readonly heardAt?: number | undefined;
}

/** Who has to hear that a consent ended, or that a change left them out of it, and whether they have. */
export async function toldOf(as: Exchange, consent: Consent): Promise<readonly ToldParty[]> {
  return Promise.all(hearing(consent).map((one) => toldParty(as, one)));
}

function hearing(consent: Consent): readonly Hearing[] {
  const { state, sources, left = [], clientId, endedAt = 0, heardAt } = consent;
  if (state === "declined" || state === "requested") return [];
  if (state !== "ended")
    return left.map(({ resourceServerId, at, heardAt }) => ({ party: resourceServerId, since: at, heardAt }));
  const places = sources.map(({ resourceServerId, heardAt }) => ({ party: resourceServerId, since: endedAt, heardAt }));
  return isClientTold(consent) ? [...places, { party: clientId, since: endedAt, heardAt }] : places;
}

async function toldParty(as: Exchange, { party, since, heardAt }: Hearing): Promise<ToldParty> {
  const waits = heardAt === undefined && now(as) < since + PATIENCE && (await endpointOf(as, party)) !== undefined;
  return {
    ...(await named(as, party)),
    ...(heardAt !== undefined && { heardAt }),
    ...(waits && { waits }),
  };
}
