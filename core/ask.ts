import { type AuthorizationRequest, asked } from "./authorization-request.ts";
import { isElsewhere, requested } from "./consent.ts";
import type { Exchange } from "./exchange.ts";
import type { Person } from "./person.ts";
import type { Stored } from "./store.ts";

/** Makes the Consent this person is asked with, under the id chosen before, and tells the request whom it asks. Again is no harm. */
export async function askPerson(
  as: Pick<Exchange, "records">,
  id: string,
  stored: Stored<AuthorizationRequest>,
  personId: string,
): Promise<"replaced" | "conflict"> {
  const { consentId, door, clientId, terms, scope, expiresAt, createdAt, bindingMessage, numberMatch } = stored.value;
  const context = {
    ...(bindingMessage !== undefined && { bindingMessage }),
    ...(numberMatch !== undefined && { numberMatch }),
  };
  const consent = requested({
    personId,
    clientId,
    requestId: id,
    door,
    terms,
    scope,
    expiresAt,
    createdAt,
    ...context,
  });
  // Of two who take one flow at once the first insert counts, for both records.
  if ((await as.records.consents.insert(consentId, consent)) === "exists") {
    const first = (await as.records.consents.find(consentId))?.value;
    if (first?.personId !== personId || isElsewhere(first) !== isElsewhere(consent)) return "conflict";
  }
  return as.records.requests.replace(id, stored, asked(stored.value, personId));
}

/** A Client that is suspended or gone asks nobody, whatever it began before. */
export async function clientMayAsk(as: Pick<Exchange, "registry">, clientId: string): Promise<boolean> {
  return (await as.registry.client(clientId))?.status === "active";
}

/** A locked person, and one who said "I did not start this" to this Client today, is not asked. */
export function mayBeAsked(person: Person | undefined, clientId: string, time: number): boolean {
  return (
    person?.status === "active" && !person.blocked.some((block) => block.clientId === clientId && block.until > time)
  );
}
