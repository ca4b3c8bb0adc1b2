import { sha256 } from "../protocol/canonical-json.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { keptOutUntil } from "./declines.ts";
import { type Exchange, now } from "./exchange.ts";
import type { Person } from "./person.ts";
import { isWaiting } from "./proposal.ts";
import { bringsUserCode } from "./user-code.ts";

type Asking = Pick<Exchange, "region" | "sealingKeys" | "guards" | "records" | "nowMs">;

/** UX-36, N-55: how often one person may be asked, in any so many seconds. */
const byClient = [
  { most: 3, window: 3_600 },
  { most: 10, window: 86_400 },
];
const byAnyone = { most: 5, window: 60 };

/** A one-time code is an invitation the person made a moment ago, and without a hint they came themselves. By name, ID token or ticket one comes uninvited. */
export function isInvited({ hint }: Pick<AuthorizationRequest, "hint">): boolean {
  return hint?.startsWith("code:") ?? true;
}

/**
 * Whether a person may be asked once more; a no is silence. Who is invited may, and takes no part in the total of all: a flood of others must not keep out whom the person
 * let in, and nobody but the person can make such requests many. A wrong user code is an attempt like another, and none against that total. A delivery that broke off
 * and comes again counts again: rather silence than too many.
 */
export async function mayAsk(
  as: Asking,
  id: string,
  request: Pick<AuthorizationRequest, "clientId" | "consentId" | "expiresAt" | "hint" | "userCode">,
  personId: string,
  person: Person,
): Promise<boolean> {
  const { clientId, consentId, expiresAt } = request;
  const waiting = `LIMIT#${await sha256(`${personId} ${clientId} waiting`)}`;
  if (!isInvited(request)) {
    const mine = `${personId} ${clientId}`;
    const isOpen =
      now(as) >= (keptOutUntil(person, clientId) ?? 0) &&
      !(await isAnotherWaiting(as, waiting, id)) &&
      (await hasRoom(as, mine, byClient)) &&
      (await bringsUserCode(as, request, personId, person)) &&
      (await hasRoom(as, personId, [byAnyone]));
    if (!isOpen) return false;
  }
  await as.guards.put(waiting, { consentId, requestId: id }, expiresAt);
  return true;
}

/** One request of a Client waits at a time: the guard names it, its Consent decides. */
async function isAnotherWaiting(as: Asking, guard: string, id: string): Promise<boolean> {
  const before = await as.guards.find(guard);
  const earlier = before?.["requestId"] === id ? undefined : before?.["consentId"];
  const consent = typeof earlier === "string" ? (await as.records.consents.find(earlier))?.value : undefined;
  return consent !== undefined && isWaiting(consent, now(as));
}

/** Each of a window's places is free again when the window has passed since it was taken, so it slides. */
async function hasRoom(as: Asking, whose: string, limits: readonly (typeof byAnyone)[]): Promise<boolean> {
  for (const { most, window } of limits) if (!(await takesPlace(as, `${whose} ${window}`, most, window))) return false;
  return true;
}

async function takesPlace(as: Asking, whose: string, most: number, window: number): Promise<boolean> {
  const until = now(as) + window;
  for (let place = 0; place < most; place++)
    if ((await as.guards.once(`LIMIT#${await sha256(`${whose} ${place}`)}`, until)) === "first") return true;
  return false;
}
