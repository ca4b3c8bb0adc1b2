import { type AuthorizationRequest, asked } from "./authorization-request.ts";
import { type Ask, isElsewhere } from "./consent.ts";
import type { Exchange } from "./exchange.ts";
import { isBlocked } from "./muted.ts";
import type { Person } from "./person.ts";
import { proposeTo } from "./propose.ts";
import { partyOf } from "./registry.ts";
import type { Stored } from "./store.ts";
import { requested } from "./transitions.ts";
import { isInvited } from "./uninvited.ts";

/**
 * Makes the Consent this person is asked with, under the id chosen before, or proposes the change to theirs, and tells the request whom it asks. Again is no harm.
 * @returns "nothing to ask" for a change of a consent that is another person's, or has ended
 */
export async function askPerson(
  as: Pick<Exchange, "records" | "nowMs">,
  id: string,
  stored: Stored<AuthorizationRequest>,
  personId: string,
): Promise<"replaced" | "conflict" | "nothing to ask"> {
  const { consentId, door, clientId, terms, scope, expiresAt, createdAt, bindingMessage, context, numberMatch } =
    stored.value;
  const ask: Ask = {
    requestId: id,
    door,
    terms,
    scope,
    expiresAt,
    createdAt,
    ...(!isInvited(stored.value) && { uninvited: true }),
    ...(bindingMessage !== undefined && { bindingMessage }),
    ...(context !== undefined && { context }),
    ...(numberMatch !== undefined && { numberMatch }),
  };
  const action = stored.value.grantManagementAction;
  if (action === "merge" || action === "replace") {
    const outcome = await proposeTo(as, consentId, personId, { ...ask, action });
    if (outcome !== "proposed") return outcome;
  } else if ((await as.records.consents.insert(consentId, requested({ personId, clientId, ...ask }))) === "exists") {
    // Of two who take one flow at once the first insert counts, for both records.
    const first = (await as.records.consents.find(consentId))?.value;
    if (first?.personId !== personId || isElsewhere(first) !== isElsewhere(ask)) return "conflict";
  }
  return as.records.requests.replace(id, stored, asked(stored.value, personId));
}

/** A Client or Resource Server that is suspended or gone asks nobody, whatever it began before. */
export async function clientMayAsk(as: Pick<Exchange, "registry" | "operatorKey">, clientId: string): Promise<boolean> {
  return (await partyOf(as, clientId))?.status === "active";
}

/** A locked person, and one who said "I did not start this" to this Client today, is not asked. */
export function mayBeAsked(person: Person | undefined, clientId: string, time: number): boolean {
  return person?.status === "active" && !isBlocked(person, clientId, time);
}
