import type { Exchange } from "../exchange.ts";
import { linkId } from "../link.ts";
import { clientIdPrefix } from "../party.ts";
import { type Person, subHash } from "../person.ts";
import type { Store } from "../store.ts";

/** All that an operator is told of a person: how a party calls them, and whether they are locked. */
interface PersonStanding {
  /** `<client_id>.<sub>`, as it was asked. */
  readonly person: string;
  readonly status: "active" | "suspended";
}

/** People by the `sub` a Client or a Resource Server knows them by: whoever reports trouble has that, and the exchange tells nobody another name of theirs. */
export function peopleStanding(as: Pick<Exchange, "records">): Pick<Store<PersonStanding>, "find" | "replace"> {
  const read = async (named: string) => {
    const personId = await personNamed(as, named);
    const stored = personId === undefined ? undefined : await as.records.people.find(personId);
    // Whoever is being erased is not found, and not brought back.
    return personId === undefined || stored === undefined || stored.value.status === "erasing"
      ? undefined
      : { personId, stored };
  };
  return {
    async find(person) {
      const found = await read(person);
      return found && { value: { person, status: standingOf(found.stored.value) }, revision: found.stored.revision };
    },
    async replace(person, { revision }, { status }) {
      const found = await read(person);
      if (found?.stored.revision !== revision) return "conflict";
      const next: Person = { ...found.stored.value, status: status === "active" ? "active" : "locked" };
      return as.records.people.replace(found.personId, found.stored, next);
    },
  };
}

function standingOf({ status }: Person): PersonStanding["status"] {
  return status === "active" ? "active" : "suspended";
}

async function personNamed(as: Pick<Exchange, "records">, named: string): Promise<string | undefined> {
  const [, party, sub] = /^([\w-]+)\.([\w-]+)$/.exec(named) ?? [];
  if (party === undefined || sub === undefined) return undefined;
  if (party.startsWith(clientIdPrefix.client))
    return (await as.records.names.find(await subHash(party, sub)))?.value.to;
  if (!party.startsWith(clientIdPrefix.resourceServer)) return undefined;
  return (await as.records.links.find(await linkId(party, sub)))?.value.personId;
}
