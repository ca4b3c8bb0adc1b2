import type { MutedApp } from "../../protocol/wallet-asks.ts";
import { type Exchange, now } from "../exchange.ts";
import { mutedBy, unmuted } from "../muted.ts";
import { rewritten } from "../rewritten.ts";
import type { SignedIn } from "./session.ts";

/** `GET /wallet/muted`. */
export async function listMuted(as: Exchange, person: SignedIn): Promise<{ muted: readonly MutedApp[] }> {
  return { muted: await mutedApps(as, person) };
}

/** As the record has it now: the person may just have muted one. Of a Client that is gone there is nothing to undo. */
export async function mutedApps(as: Exchange, { personId }: SignedIn): Promise<readonly MutedApp[]> {
  const person = (await as.records.people.find(personId))?.value;
  if (person === undefined) return [];
  const apps = mutedBy(person, now(as)).map(async ({ clientId, until, because }): Promise<readonly MutedApp[]> => {
    const client = await as.registry.client(clientId);
    return client === undefined ? [] : [{ id: clientId, client: client.client_name, until, because }];
  });
  return (await Promise.all(apps)).flat();
}

/** `DELETE /wallet/muted/{id}`: again is no harm. */
export async function unmute(as: Exchange, { personId }: SignedIn, clientId: string): Promise<void> {
  await rewritten(as.records.people, personId, (person) => person && unmuted(person, clientId, now(as)));
}
