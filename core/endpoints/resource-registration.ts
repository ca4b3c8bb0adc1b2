import * as v from "valibot";
import { ResourceDescription, type ResourceRegistrationResponse } from "../../protocol/uma.ts";
import { type Exchange, now } from "../exchange.ts";
import { type Link, linkId, linkOfResource, newResourceId, type Resource } from "../link.ts";
import { OAuthError } from "../oauth-error.ts";
import { authorizedProtection, type Protecting } from "../protection-token.ts";
import { ownerListed, ownerNamed } from "../resource-owner.ts";
import type { Stored } from "../store.ts";
import { UNTYPED } from "../uma/untyped.ts";
import type { ResourceRequest } from "./request.ts";

/** Resources of one owner: they lie in the Link's partition, and are listed with it. */
const MOST = 1_000;

/** UMA FedAuthz §3.2.1. The owner is the PAT's, or named: a one-time code the first time, which links them, and their `sub` here afterwards. */
export async function createResource(as: Exchange, request: ResourceRequest): Promise<ResourceRegistrationResponse> {
  const protecting = await authorizedProtection(as, request);
  const { resource, resource_owner } = await described(as, protecting, request.body);

  const sub = await ownerNamed(as, protecting, resource_owner);
  const link = await linkId(protecting.resourceServer.client_id, sub);
  if ((await as.records.linkWithResources(link)).resources.length >= MOST)
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
  const { protecting, link, stored } = await ownResource(as, request, id);
  const { resource } = await described(as, protecting, request.body);
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

/** UMA FedAuthz §3.2.5: ids of one owner's resources: the PAT's, or named by their `sub` in the query. */
export async function listResources(
  as: Exchange,
  request: ResourceRequest,
  resourceOwner: string | undefined,
): Promise<readonly string[]> {
  const protecting = await authorizedProtection(as, request);
  const link = await linkId(protecting.resourceServer.client_id, ownerListed(protecting, resourceOwner));
  const found = await as.records.linkWithResources(link);
  return found.link?.state === "linked" ? found.resources.map(({ id }) => id) : [];
}

/** Somebody else's, an unlinked person's, another owner's than the PAT's and an unknown resource look the same (N-56). */
async function ownResource(
  as: Exchange,
  request: ResourceRequest,
  id: string,
): Promise<{ protecting: Protecting; link: Link; stored: Stored<Resource> }> {
  const protecting = await authorizedProtection(as, request);
  const { resourceServer, owner } = protecting;
  const linked = linkOfResource(id);
  const [link, stored] =
    linked === undefined ? [] : await Promise.all([as.records.links.find(linked), as.records.resources.find(id)]);
  if (
    link?.value.resourceServerId !== resourceServer.client_id ||
    link.value.state !== "linked" ||
    (owner !== undefined && owner.linkId !== linked) ||
    stored === undefined
  )
    throw new OAuthError("not_found", `no resource ${id} of ${resourceServer.client_id}`);
  return { protecting, link: link.value, stored };
}

/** UMA FedAuthz §3.1: scopes are actions of the type, one the Resource Server registered with if it named some; without a type they are its own, where the operator admits that. */
async function described(
  as: Exchange,
  { resourceServer: { client_id: resourceServerId } }: Protecting,
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
  else await actionsOf(as, resourceServerId, type, resource_scopes);
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

async function actionsOf(
  as: Exchange,
  resourceServerId: string,
  type: string,
  scopes: readonly string[],
): Promise<void> {
  const [definition, registered] = await Promise.all([
    as.registry.definition(type),
    as.registry.resourceServer(resourceServerId),
  ]);
  if (registered?.authorization_details_types?.includes(type) === false)
    throw refused("invalid_request", `${type} is not among the authorization_details_types of your registration.`);
  if (definition === undefined) throw refused("invalid_request", `There is no definition ${type}.`);
  const unknown = scopes.find((scope) => !Object.hasOwn(definition.actions, scope));
  if (unknown !== undefined) throw refused("invalid_scope", `${type} has no action ${unknown}.`);
}

/** A Resource Server must be able to mend its description. */
function refused(code: "invalid_request" | "invalid_scope", description: string) {
  return new OAuthError(code, description, { description });
}
