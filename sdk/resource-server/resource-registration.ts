import { clientCredentialsGrant, fetchProtectedResource, getDPoPHandle, randomDPoPKeyPair } from "openid-client";
import type { InferInput } from "valibot";
import { type ResourceDescription, type ResourceRegistrationResponse, UMA_PROTECTION } from "../../protocol/uma.ts";
import { RefusedRequest, rethrown } from "../refused-request.ts";
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
  [first, ...others]: readonly [HeldResource, ...HeldResource[]],
): Promise<LinkedOwner> {
  const register = await registrar(server);
  const { _id, resource_owner } = await register({ ...first, resource_owner: code });
  const resource_ids = [_id];
  for (const other of others) resource_ids.push((await register({ ...other, resource_owner }))._id);
  return { resource_owner, resource_ids };
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

/** A function that registers one resource, with one PAT of our own (FedAuthz §1.3). */
async function registrar(server: ResourceServer) {
  const exchange = await server.exchange();
  const DPoP = getDPoPHandle(exchange, await randomDPoPKeyPair("ES256"));
  const { access_token } = await clientCredentialsGrant(exchange, { scope: UMA_PROTECTION }, { DPoP }).catch(rethrown);
  const endpoint = exchange.serverMetadata()["resource_registration_endpoint"] ?? `${server.options.issuer}/rreg`;
  const headers = new Headers({ "content-type": "application/json" });

  return async (description: InferInput<typeof ResourceDescription>): Promise<ResourceRegistrationResponse> => {
    const body = JSON.stringify(description);
    const response = await fetchProtectedResource(
      exchange,
      access_token,
      new URL(String(endpoint)),
      "POST",
      body,
      headers,
      {
        DPoP,
      },
    ).catch(rethrown);
    if (response.status !== 201) throw await RefusedRequest.of(response);
    return response.json();
  };
}
