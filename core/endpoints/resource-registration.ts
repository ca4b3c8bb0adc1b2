import * as v from "valibot";
import { ResourceDescription, type ResourceRegistrationResponse } from "../../protocol/uma.ts";
import { type Exchange, now } from "../exchange.ts";
import { type Link, linkId, linkOfResource, newResourceId, type Resource } from "../link.ts";
import { OAuthError } from "../oauth-error.ts";
import { claimCode, sourceCodeKey } from "../one-time-code.ts";
import { subAtResourceServer } from "../pairwise.ts";
import type { Party } from "../party.ts";
import { authorizedParty } from "../party-token.ts";
import { randomId } from "../random.ts";
import type { Stored } from "../store.ts";
import { UNTYPED } from "../uma/untyped.ts";
import type { ResourceRequest } from "./request.ts";

/** Resources of one owner: one query of the Link's partition lists them. */
const MOST = 1_000;

/** UMA FedAuthz §3.2.1. The owner is a one-time code the first time, which links them, and their `sub` here afterwards. */
export async function createResource(as: Exchange, request: ResourceRequest): Promise<ResourceRegistrationResponse> {
  const resourceServer = await authorizedParty(as, request, "uma_protection");
  const { resource, resource_owner } = await described(as, resourceServer.client_id, request.body);
  if (resource_owner === undefined)
    throw new OAuthError("invalid_request", "no resource_owner", { description: "resource_owner is required." });

  const sub = await ownerOf(as, resourceServer, resource_owner);
  const link = await linkId(resourceServer.client_id, sub);
  if ((await as.records.resourcesBeneath(link)).length >= MOST)
    throw new OAuthError("invalid_request", `${MOST} resources of one owner`, {
      description: `At most ${MOST} resources of one owner.`,
    });
  const id = newResourceId(link);
  await as.records.resources.insert(id, resource);
  return { _id: id, resource_owner: sub };
}

/** UMA FedAuthz §3.2.2. */
export async function readResource(as: Exchange, request: ResourceRequest, id: string) {
  const { link, stored } = await ownResource(as, request, id);
  const { registeredAt: _, type, ...description } = stored.value;
  return { _id: id, resource_owner: link.sub, ...description, ...(type !== UNTYPED && { type }) };
}

/** UMA FedAuthz §3.2.3. The owner stays. */
export async function updateResource(as: Exchange, request: ResourceRequest, id: string) {
  const { link, stored } = await ownResource(as, request, id);
  const { resource } = await described(as, link.resourceServerId, request.body);
  if ((await as.records.resources.replace(id, stored, resource)) === "conflict")
    throw new OAuthError("conflict", "the resource changed meanwhile");
  return { _id: id, resource_owner: link.sub };
}

/** UMA FedAuthz §3.2.4. */
export async function deleteResource(as: Exchange, request: ResourceRequest, id: string): Promise<void> {
  const { stored } = await ownResource(as, request, id);
  if ((await as.records.resources.remove(id, stored)) === "conflict")
    throw new OAuthError("conflict", "the resource changed meanwhile");
}

/** UMA FedAuthz §3.2.5: ids of one owner's resources, named by their `sub` in the query. */
export async function listResources(
  as: Exchange,
  request: ResourceRequest,
  resourceOwner: string | undefined,
): Promise<readonly string[]> {
  const resourceServer = await authorizedParty(as, request, "uma_protection");
  if (resourceOwner === undefined)
    throw new OAuthError("invalid_request", "no resource_owner", { description: "resource_owner is required." });
  const link = await linkId(resourceServer.client_id, resourceOwner);
  if ((await as.records.links.find(link))?.value.state !== "linked") return [];
  return (await as.records.resourcesBeneath(link)).map(({ id }) => id);
}

/** The `sub` here of whom the Resource Server names. A code links; a `sub` must be linked already. */
async function ownerOf(as: Exchange, resourceServer: Party, named: string): Promise<string> {
  const known = await as.records.links.find(await linkId(resourceServer.client_id, named));
  if (known?.value.state === "linked") return named;
  const key = await sourceCodeKey(named);
  const personId = key === undefined ? undefined : await claimCode(as, key, randomId());
  const person = personId === undefined ? undefined : (await as.records.people.find(personId))?.value;
  if (personId === undefined || person?.status !== "active")
    throw new OAuthError("invalid_request", "resource_owner is neither linked nor a code in force", {
      description: "resource_owner is not known here: neither a person linked to you nor a one-time code in force.",
    });
  const sub = await subAtResourceServer(person, resourceServer.client_id);
  await link(as, { personId, resourceServerId: resourceServer.client_id, sub });
  return sub;
}

/** One Link per (Resource Server, person): linking again is a new life of the same record. */
async function link(
  as: Exchange,
  { personId, resourceServerId, sub }: Pick<Link, "personId" | "resourceServerId" | "sub">,
): Promise<void> {
  const id = await linkId(resourceServerId, sub);
  const fresh: Link = { state: "linked", personId, resourceServerId, sub, generation: 1, linkedAt: now(as) };
  for (let attempt = 0; attempt < 10; attempt++) {
    if ((await as.records.links.insert(id, fresh)) === "inserted") return;
    const stored = await as.records.links.find(id);
    if (stored?.value.state === "linked") return;
    if (stored === undefined) continue;
    const again = { ...fresh, generation: stored.value.generation + 1 };
    if ((await as.records.links.replace(id, stored, again)) === "replaced") return;
  }
  throw new OAuthError("temporarily_unavailable", "the link kept changing", { headers: { "retry-after": "1" } });
}

/** Somebody else's, an unlinked person's and an unknown resource look the same (N-56). */
async function ownResource(
  as: Exchange,
  request: ResourceRequest,
  id: string,
): Promise<{ link: Link; stored: Stored<Resource> }> {
  const resourceServer = await authorizedParty(as, request, "uma_protection");
  const linked = linkOfResource(id);
  const [link, stored] =
    linked === undefined ? [] : await Promise.all([as.records.links.find(linked), as.records.resources.find(id)]);
  if (
    link?.value.resourceServerId !== resourceServer.client_id ||
    link.value.state !== "linked" ||
    stored === undefined
  )
    throw new OAuthError("not_found", `no resource ${id} of ${resourceServer.client_id}`);
  return { link: link.value, stored };
}

/** UMA FedAuthz §3.1: scopes are actions of the type; without one they are the Resource Server's own, where the operator admits that. */
async function described(
  as: Exchange,
  resourceServerId: string,
  body: unknown,
): Promise<{ resource: Resource; resource_owner: string | undefined }> {
  const result = v.safeParse(ResourceDescription, body, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    const path = v.getDotPath(issue) ?? "body";
    throw refused("invalid_request", `${path}: ${issue.message}`);
  }
  const { type = UNTYPED, resource_owner, resource_scopes, name, description, icon_uri } = result.output;
  if (icon_uri !== undefined && !as.egress.admits(icon_uri))
    throw refused("invalid_request", "icon_uri: not a public https address");
  if (type === UNTYPED) await admitsUntyped(as, resourceServerId);
  else await actionsOf(as, type, resource_scopes);
  const words = {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(icon_uri !== undefined && { icon_uri }),
  };
  return { resource: { type, resource_scopes, ...words, registeredAt: now(as) }, resource_owner };
}

async function admitsUntyped(as: Exchange, resourceServerId: string): Promise<void> {
  const resourceServer = await as.registry.resourceServer(resourceServerId);
  if (!resourceServer?.untyped_resources)
    throw refused("invalid_request", "type: required, the operator has not admitted resources without one");
}

async function actionsOf(as: Exchange, type: string, scopes: readonly string[]): Promise<void> {
  const definition = await as.registry.definition(type);
  if (definition === undefined) throw refused("invalid_request", `There is no definition ${type}.`);
  const unknown = scopes.find((scope) => !Object.hasOwn(definition.actions, scope));
  if (unknown !== undefined) throw refused("invalid_scope", `${type} has no action ${unknown}.`);
}

/** A Resource Server must be able to mend its description. */
function refused(code: "invalid_request" | "invalid_scope", description: string) {
  return new OAuthError(code, description, { description });
}
