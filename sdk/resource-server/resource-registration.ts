import type { InferInput } from "valibot";
import type { ResourceDescription, ResourceRegistrationResponse } from "../../protocol/uma.ts";
import type { Exchange } from "../exchange.ts";
import { type ProtectionToken, posted } from "./protection.ts";
import type { ResourceServer } from "./resource-server.ts";

/** What is held for one person: a kind of data and the actions offered on it. Names are opaque: no personal data in them. */
export type HeldResource = Omit<InferInput<typeof ResourceDescription>, "resource_owner">;

/** A person's source, as it stands after `link`. */
export interface LinkedOwner {
  /** The person's `sub` at this Resource Server: keep it with the person's record. */
  readonly resource_owner: string;
  /** The exchange's ids of the resources, in the order given. */
  readonly resource_ids: readonly string[];
}

/**
 * Makes this Resource Server a source of the person whose Wallet showed `code`, and registers what it holds for them.
 *
 * @param code the one-time code as typed; case and dash do not matter
 * @throws {RefusedRequest} `invalid_request` or `invalid_grant` when the code is unknown, spent or over
 * @see UMA FedAuthz §3.2.1, docs/protect-an-api.md
 */
export async function link(
  server: ResourceServer,
  code: string,
  resources: readonly [HeldResource, ...HeldResource[]],
): Promise<LinkedOwner> {
  return registered(await registrar(server), resources, code);
}

/**
 * Registers more resources of a person who is linked already.
 *
 * @param resource_owner as `link` returned it
 * @returns the exchange's ids, in the order given
 * @throws {RefusedRequest}
 */
export async function registerResources(
  server: ResourceServer,
  resource_owner: string,
  resources: readonly HeldResource[],
): Promise<readonly string[]> {
  const register = await registrar(server);
  const ids: string[] = [];
  for (const resource of resources) ids.push((await register({ ...resource, resource_owner }))._id);
  return ids;
}

/** The first resource names the owner, or their PAT does; the others follow the name the exchange answers with. */
export async function registered(
  register: Register,
  [first, ...others]: readonly [HeldResource, ...HeldResource[]],
  owner?: string,
): Promise<LinkedOwner> {
  const named = owner === undefined ? {} : { resource_owner: owner };
  const { _id, resource_owner } = await register({ ...first, ...named });
  const resource_ids = [_id];
  for (const other of others) resource_ids.push((await register({ ...other, resource_owner }))._id);
  return { resource_owner, resource_ids };
}

/** Registers one resource. */
type Register = (description: InferInput<typeof ResourceDescription>) => Promise<ResourceRegistrationResponse>;

/** With a token of our own, which speaks for no person (UMA FedAuthz §1.2). */
async function registrar(server: ResourceServer): Promise<Register> {
  return registrarWith(await server.exchange(), await server.protection());
}

/** With this token. */
export function registrarWith(exchange: Exchange, token: ProtectionToken): Register {
  return (description) => posted(exchange, token, "resource_registration_endpoint", description);
}
