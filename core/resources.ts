import { sha256 } from "../protocol/canonical-json.ts";
import { type Parameters, tokens } from "../protocol/oauth.ts";
import type { Exchange } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";

/** Under which name a Resource Server's identifier is claimed, however it is spelled: no two can be the audience of one token. */
export function audienceHash(resource: string): Promise<string> {
  return sha256(`audience ${new URL(resource).href.replace(/\/+$/, "")}`);
}

/**
 * RFC 8707 §2.1: the sources a request wishes, as many as it names.
 * @throws OAuthError invalid_target for what is no absolute URI without fragment (§2), or no Resource Server's identifier here
 */
export async function resourcesWished(
  as: Pick<Exchange, "records" | "registry">,
  parameters: Parameters,
): Promise<readonly string[]> {
  const resources = tokens(parameters.get("resource"));
  if (resources.length > 10) throw invalidTarget("more than 10 resources");
  await Promise.all(resources.map((resource) => known(as, resource)));
  return resources;
}

async function known(as: Pick<Exchange, "records" | "registry">, resource: string): Promise<void> {
  if (!URL.canParse(resource) || resource.includes("#") || resource.length > 200)
    throw invalidTarget("no absolute URI without fragment");
  const pointer = await as.records.names.find(await audienceHash(resource));
  const server = pointer && (await as.registry.resourceServer(pointer.value.to));
  if (server?.resource !== resource) throw invalidTarget("no resource of this exchange");
}

/**
 * RFC 8707 §2.2: the one resource a token is for.
 * @throws OAuthError invalid_target for several: a token has one audience
 */
export function resourceNamed(parameters: Parameters): string | undefined {
  const [resource, ...more] = tokens(parameters.get("resource"));
  if (more.length > 0) throw invalidTarget("a token is for one resource");
  return resource;
}

/** RFC 8707 §2. */
export function invalidTarget(reason: string) {
  return new OAuthError("invalid_target", reason);
}
