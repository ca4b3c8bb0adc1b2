import type { Exchange } from "../exchange.ts";
import type { ConsentOfOwner } from "./assessment.ts";
import type { AuthorizationProcess } from "./authorization-process.ts";

/** The owner's consents; once the process has one of its own, that one alone. */
export async function consentsOf(
  as: Exchange,
  { ownerId, consentId }: AuthorizationProcess,
): Promise<ConsentOfOwner[]> {
  const ids = consentId === undefined ? await as.records.find.ofPerson(ownerId, "consent") : [consentId];
  const found = await Promise.all(
    ids.map(async (id) => ({ id, consent: (await as.records.consents.find(id))?.value })),
  );
  return found.flatMap(({ id, consent }) => (consent === undefined ? [] : [{ id, consent }]));
}
