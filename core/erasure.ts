import { type Exchange, now } from "./exchange.ts";
import { type Link, unlinked } from "./link.ts";
import { nameHash, type Person } from "./person.ts";
import type { PhoneEndpoints } from "./phone-endpoint.ts";
import { turnedDown } from "./proposal.ts";
import { pointerOf } from "./recovery.ts";
import { removed, rewritten } from "./rewritten.ts";
import { endpointOf, PATIENCE } from "./security-event.ts";
import { ended } from "./transitions.ts";
import { toldOf } from "./wallet/told.ts";
import { proofsWiped, wiped } from "./wiped.ts";

export type Erasing = Exchange & { readonly phoneEndpoints: Pick<PhoneEndpoints, "remove"> };

/** Seconds in which what was on its way when the person asked has arrived: no index, cache or call is as old. */
const SETTLED = 60;

/** The person from the moment they asked on: nobody signs in, no gate opens, and nothing is left but the key by which those they shared with are told. */
export function erasing({ pairwiseKey, walletName, recovery }: Person, at: number): Person {
  const { code } = recovery ?? {};
  return {
    status: "erasing",
    erasingAt: at,
    name: "",
    pairwiseKey,
    createdAt: at,
    passkeys: [],
    blocked: [],
    // Both until what leads here by them is removed.
    ...(walletName !== undefined && { walletName }),
    ...(code !== undefined && { recovery: { code } }),
  };
}

/**
 * A minute's look at who is being erased: each step again is no harm, so one that broke off is gone on with.
 * @throws what stopped one of them, after the others had their turn
 */
export async function eraseWhoAsked(as: Erasing): Promise<Readonly<Record<"erased" | "waiting", number>>> {
  const outcomes = { erased: 0, waiting: 0 };
  const failures: unknown[] = [];
  for (const id of await as.records.find.due(now(as), "erasure")) {
    const outcome = await erasePerson(as, id).catch((error: unknown) => void failures.push(error));
    if (outcome !== undefined) outcomes[outcome]++;
  }
  if (failures.length > 0) throw failures[0];
  return outcomes;
}

/**
 * First everything ends and every way in goes; the parties are told by the records' own stream. Once each of them has heard, or was tried for as long as anybody is, the rest goes: what
 * hangs on a record before it, the person last (docs/decisions/erasure.md).
 */
async function erasePerson(as: Erasing, personId: string): Promise<"erased" | "waiting"> {
  const person = (await as.records.people.find(personId))?.value;
  if (person?.status !== "erasing") return "erased";
  const [shown, forgotten, links] = await Promise.all([
    as.records.find.everyOfPerson(personId, "consent"),
    as.records.find.everyOfPerson(personId, "forgotten"),
    as.records.find.everyOfPerson(personId, "link"),
  ]);
  const consents = [...shown, ...forgotten];
  const settled = now(as) >= (person.erasingAt ?? 0) + SETTLED;
  if (!person.isShut) {
    await proofsWiped(as, consents, links);
    await forgetWaysIn(as, personId, person, settled);
  }
  const consentsHeard = await Promise.all(consents.map((id) => endConsent(as, id)));
  const linksHeard = await Promise.all(links.map((id) => unlink(as, id)));
  if (!settled || [...consentsHeard, ...linksHeard].includes("waiting")) return "waiting";
  await wiped(as, personId, person, consents, links);
  await removed(as.records.people, personId);
  return "erased";
}

/** Passkeys, devices with their tokens, sessions and when they began, codes, the Wallet name. */
async function forgetWaysIn(as: Erasing, personId: string, person: Person, settled: boolean): Promise<void> {
  const isTheirs = (one: { readonly personId: string }) => one.personId === personId;
  const [passkeys, devices] = await Promise.all([
    as.records.find.everyOfPerson(personId, "passkey"),
    as.records.find.everyOfPerson(personId, "device"),
  ]);
  await Promise.all(passkeys.map((id) => removed(as.records.passkeys, id, isTheirs)));
  await Promise.all(
    devices.map(async (id) => {
      const device = (await as.records.devices.find(id))?.value;
      if (device?.personId !== personId) return;
      if (device.platform !== "WEB") await as.phoneEndpoints.remove(device.endpointArn);
      await removed(as.records.devices, id, isTheirs);
    }),
  );
  const names = await leadingHere(as, person);
  await as.guards.forget([personId, ...names]);
  for (const name of names) await removed(as.records.names, name, ({ to }) => to === personId);
  await as.records.signIns.forget(personId);
  await rewritten(
    as.records.people,
    personId,
    (known) => known && { ...nameless(known), ...(settled && { isShut: true as const }) },
  );
}

/** The pointers of a Wallet name and a printed code. */
async function leadingHere(as: Erasing, { walletName, recovery = {} }: Person): Promise<readonly string[]> {
  const printed = await pointerOf(as, recovery);
  return [
    ...(walletName === undefined ? [] : [await nameHash(walletName)]),
    ...(printed === undefined ? [] : [printed]),
  ];
}

function nameless({ walletName: _, recovery: __, ...person }: Person): Person {
  return person;
}

/** What waits is not answered any more, and the app finds that out by itself; what stands is withdrawn, and everybody concerned is told. */
async function endConsent(as: Erasing, id: string): Promise<"heard" | "waiting"> {
  const consent = await rewritten(as.records.consents, id, (current) => {
    if (current?.state === "requested") return turnedDown(current, "unanswered", now(as));
    return current?.state === "active" || current?.state === "paused"
      ? ended(current, "withdrawn", now(as))
      : undefined;
  });
  const told = consent === undefined ? [] : await toldOf(as, consent);
  return told.some(({ waits }) => waits) ? "waiting" : "heard";
}

async function unlink(as: Erasing, id: string): Promise<"heard" | "waiting"> {
  const link = await rewritten<Link>(as.records.links, id, (current) =>
    current?.state === "linked" ? unlinked(current, now(as)) : undefined,
  );
  if (link === undefined || link.heardAt !== undefined) return "heard";
  const inTime = now(as) < (link.unlinkedAt ?? 0) + PATIENCE;
  return inTime && (await endpointOf(as, link.resourceServerId)) !== undefined ? "waiting" : "heard";
}
