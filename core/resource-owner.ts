import type { Exchange } from "./exchange.ts";
import { linkId } from "./link.ts";
import { makeLink } from "./linking.ts";
import { OAuthError } from "./oauth-error.ts";
import { claimCode, sourceCodeKey } from "./one-time-code.ts";
import { subAtResourceServer } from "./pairwise.ts";
import type { Protecting } from "./protection-token.ts";
import { randomId } from "./random.ts";

/**
 * The `sub` here of whose resources a call speaks. A PAT speaks for its owner alone; with a token of its own the Resource Server names somebody
 * who is linked, or a one-time code, which links.
 * @throws OAuthError invalid_request
 */
export async function ownerNamed(
  as: Exchange,
  { resourceServer, owner }: Protecting,
  named: string | undefined,
): Promise<string> {
  if (owner !== undefined) return ofPat(owner.sub, named);
  if (named === undefined) throw refused("no resource_owner", "resource_owner is required.");
  const known = await as.records.links.find(await linkId(resourceServer.client_id, named));
  return known?.value.state === "linked" ? named : linkedByCode(as, resourceServer.client_id, named);
}

/** Whose list is asked for: the same, but a code links nobody here. */
export function ownerListed({ owner }: Protecting, named: string | undefined): string {
  if (owner !== undefined) return ofPat(owner.sub, named);
  if (named === undefined) throw refused("no resource_owner", "resource_owner is required.");
  return named;
}

/** UMA FedAuthz §1.3: the PAT says who the owner is; naming another contradicts it. */
function ofPat(sub: string, named = sub): string {
  if (named !== sub)
    throw refused("resource_owner is not the PAT's", "resource_owner is not the one this token is for.");
  return sub;
}

async function linkedByCode(as: Exchange, resourceServerId: string, code: string): Promise<string> {
  const key = await sourceCodeKey(code);
  const personId = key === undefined ? undefined : await claimCode(as, key, randomId());
  const person = personId === undefined ? undefined : (await as.records.people.find(personId))?.value;
  if (personId === undefined || person?.status !== "active")
    throw refused(
      "resource_owner is neither linked nor a code in force",
      "resource_owner is not known here: neither a person linked to you nor a one-time code in force.",
    );
  const sub = await subAtResourceServer(person, resourceServerId);
  await makeLink(as, { personId, resourceServerId, sub });
  return sub;
}

function refused(reason: string, description: string) {
  return new OAuthError("invalid_request", reason, { description });
}
