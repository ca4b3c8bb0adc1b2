import type { AuthorizationRequest } from "./authorization-request.ts";
import { type Exchange, now } from "./exchange.ts";
import { type Link, type LinkApproval, linked, linkId } from "./link.ts";
import { OAuthError } from "./oauth-error.ts";
import { subAtResourceServer } from "./pairwise.ts";
import { keptChanging } from "./rewritten.ts";
import type { Stored } from "./store.ts";

const ATTEMPTS = 10;

/** Makes the person a source of this Resource Server, by what they approved or by the code they typed on its page. One write. */
export async function makeLink(
  as: Pick<Exchange, "records" | "nowMs">,
  who: Pick<Link, "personId" | "resourceServerId" | "sub">,
  approval?: LinkApproval,
): Promise<void> {
  const id = await linkId(who.resourceServerId, who.sub);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const stored = await as.records.links.find(id);
    if (stored !== undefined && isOver(stored.value, approval)) throw new OAuthError("gone", "unlinked since");
    const next = linked(stored?.value, who, now(as), approval);
    const written =
      stored === undefined ? await as.records.links.insert(id, next) : await as.records.links.replace(id, stored, next);
    if (written === "inserted" || written === "replaced") return;
  }
  throw keptChanging("the link");
}

/** An approval makes one life: sent again after the person disconnected the source, it does not bring it back. */
function isOver(link: Link, approval: LinkApproval | undefined): boolean {
  return link.state === "unlinked" && approval !== undefined && link.approval?.requestId === approval.requestId;
}

/** The Link a request to link led to, while it stands; undefined before the person said yes and after they disconnected. */
export async function linkMadeBy(
  as: Pick<Exchange, "records">,
  requestId: string,
  { personId, clientId }: Pick<AuthorizationRequest, "personId" | "clientId">,
): Promise<{ readonly id: string; readonly stored: Stored<Link> } | undefined> {
  const person = personId === undefined ? undefined : (await as.records.people.find(personId))?.value;
  if (person === undefined) return undefined;
  const id = await linkId(clientId, await subAtResourceServer(person, clientId));
  const stored = await as.records.links.find(id);
  const standing = stored?.value.state === "linked" && stored.value.approval?.requestId === requestId;
  return standing ? { id, stored } : undefined;
}
