import * as v from "valibot";
import { type Permission, PermissionRequest, type PermissionResponse } from "../../protocol/uma.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, newHandle } from "../handles.ts";
import { type Link, linkOfResource } from "../link.ts";
import { OAuthError } from "../oauth-error.ts";
import { authorizedProtection, type Protecting } from "../protection-token.ts";
import { randomId } from "../random.ts";
import { type AskedPermission, PROCESS_LIFE } from "../uma/authorization-process.ts";
import type { ResourceRequest } from "./request.ts";

/** UMA FedAuthz §4: a ticket for what a Client will need. Every element is looked at, and the whole call is good or nothing is (N-58). */
export async function permissionEndpoint(as: Exchange, request: ResourceRequest): Promise<PermissionResponse> {
  const protecting = await authorizedProtection(as, request);
  const permissions = readPermissions(request.body);

  const { linkId, link } = await ownerOf(as, protecting, permissions);
  const asked = await Promise.all(permissions.map((permission) => registered(as, permission)));

  const id = randomId();
  const { handle, hash } = await newHandle(as, handleKind.ticket, id, now(as));
  await as.records.processes.insert(id, {
    state: "open",
    resourceServerId: link.resourceServerId,
    linkId,
    linkGeneration: link.generation,
    ownerId: link.personId,
    permissions: asked,
    ticketHash: hash,
    spent: [],
    createdAt: now(as),
    expiresAt: now(as) + PROCESS_LIFE,
  });

  return { ticket: handle };
}

function readPermissions(body: unknown): readonly Permission[] {
  const result = v.safeParse(PermissionRequest, body, { abortEarly: true });
  if (result.success) return Array.isArray(result.output) ? result.output : [result.output];
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? "body";
  throw new OAuthError("invalid_request", `${path}: ${issue.type}`, { description: `${path}: ${issue.message}` });
}

/** §4: the resources of one owner at a time, with a PAT its own. An id carries its Link, the Link its Resource Server (N-56, N-60, N-61). */
async function ownerOf(
  as: Exchange,
  { resourceServer, owner }: Protecting,
  permissions: readonly Permission[],
): Promise<{ linkId: string; link: Link }> {
  const [linkId, another] = [...new Set(permissions.map(({ resource_id }) => linkOfResource(resource_id)))];
  const link = linkId === undefined ? undefined : (await as.records.links.find(linkId))?.value;
  if (another !== undefined || link?.resourceServerId !== resourceServer.client_id || link.state !== "linked")
    throw notRegistered();
  if (linkId === undefined || (owner !== undefined && owner.linkId !== linkId)) throw notRegistered();
  return { linkId, link };
}

/** §4.3. */
async function registered(as: Exchange, { resource_id, resource_scopes }: Permission): Promise<AskedPermission> {
  const resource = (await as.records.resources.find(resource_id))?.value;
  if (resource === undefined) throw notRegistered();
  const unknown = resource_scopes.find((scope) => !resource.resource_scopes.includes(scope));
  if (unknown !== undefined) throw new OAuthError("invalid_scope", "a scope the resource was not registered with");
  const { type, resource_scopes: available } = resource;
  return { resource_id, resource_scopes, type, available };
}

function notRegistered() {
  return new OAuthError("invalid_resource_id", "not a resource of one linked owner of this resource server");
}
