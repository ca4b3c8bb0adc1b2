import type { Exchange } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Person } from "../person.ts";
import { rewritten } from "../rewritten.ts";

/**
 * A step of the person who is signed in on their own record, whatever else changes it meanwhile.
 * @returns the person afterwards
 * @throws OAuthError not_found where the record is gone; what `change` throws
 */
export async function changedPerson(
  as: Pick<Exchange, "records">,
  personId: string,
  change: (person: Person) => Person,
): Promise<Person> {
  const person = await rewritten(as.records.people, personId, (known) => known && change(known));
  if (person === undefined) throw new OAuthError("not_found", "no such person");
  return person;
}
