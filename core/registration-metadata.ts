import { importJWK, type JWK } from "jose";
import * as v from "valibot";
import { signingAlgorithms } from "../protocol/oauth.ts";
import { type Capability, ClientMetadata, type Jwks, ResourceServerMetadata } from "../protocol/registry.ts";
import { encryptionAlgorithm } from "./access-token.ts";
import type { Exchange } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";

/** RFC 7591 §2 of a Client, in order; unknown members are ignored. */
export async function clientMetadata(as: Pick<Exchange, "allowLoopback">, body: unknown): Promise<ClientMetadata> {
  const metadata = parsed(ClientMetadata, body);
  httpsOnly(as, metadata.client_uri);
  await usableKeys(metadata.jwks);
  redirects(as, metadata);
  return metadata;
}

/** FAPI 2.0 §5.3.2.2: https, but for loopback where the deployment allows it; a Client that redirects says where to. */
function redirects(
  as: Pick<Exchange, "allowLoopback">,
  { grant_types, redirect_uris = [] }: Pick<ClientMetadata, "grant_types" | "redirect_uris">,
): void {
  if (grant_types.includes("authorization_code") !== redirect_uris.length > 0)
    throw invalid("redirect_uris go with the grant authorization_code");
  for (const uri of redirect_uris) httpsOnly(as, uri);
}

/** RFC 7591 §2 of a Resource Server, in order. */
export async function resourceServerMetadata(
  as: Pick<Exchange, "allowLoopback">,
  body: unknown,
): Promise<ResourceServerMetadata> {
  const metadata = parsed(ResourceServerMetadata, body);
  httpsOnly(as, metadata.client_uri);
  httpsOnly(as, metadata.resource);
  await usableKeys(metadata.jwks);
  return metadata;
}

/** A capability for what no definition or purpose knows would never work: say so now. */
export async function knownCapabilities(
  as: Pick<Exchange, "registry">,
  capabilities: readonly Capability[],
): Promise<void> {
  for (const { type, actions, purpose } of capabilities) {
    const definition = await as.registry.definition(type);
    if (definition === undefined) throw invalid(`no definition ${type}`);
    const unknown = actions.find((action) => !Object.hasOwn(definition.actions, action));
    if (unknown !== undefined) throw invalid(`${type} has no action ${unknown}`);
    if ((await as.registry.purpose(purpose)) === undefined) throw invalid(`no purpose ${purpose}`);
  }
}

/** FAPI 2.0 §5.4, RFC 7518: a key that could never verify or encrypt is refused now, not at its first use. */
export async function usableKeys(jwks: Jwks): Promise<void> {
  for (const [n, key] of jwks.keys.entries()) {
    const alg = key["use"] === "enc" ? encryptionAlgorithm(key as JWK) : signatureAlgorithm(key);
    const weak = key.kty === "RSA" && String(key["n"]).length < 342; // 2048 bits
    const imported = alg === undefined || weak ? undefined : await importJWK(key as JWK, alg).catch(() => undefined);
    if (imported === undefined)
      throw invalid(`jwks.keys.${n}: not a key of ${[...signingAlgorithms].join(", ")}, or for encryption`);
  }
}

function signatureAlgorithm({ kty, crv }: Jwks["keys"][number]): string | undefined {
  if (kty === "RSA") return "PS256";
  return { "P-256": "ES256", Ed25519: "EdDSA" }[String(crv)];
}

/** The first thing that is wrong, with its path: whoever registers must be able to mend it. */
export function parsed<T extends v.GenericSchema>(schema: T, body: unknown): v.InferOutput<T> {
  const result = v.safeParse(schema, body, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? "body";
  throw new OAuthError("invalid_client_metadata", `${path}: ${issue.type}`, {
    description: `${path}: ${issue.message}`,
  });
}

function httpsOnly(as: Pick<Exchange, "allowLoopback">, url: string | undefined): void {
  if (url === undefined || url.startsWith("https://")) return;
  if (as.allowLoopback && /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/|$)/.test(url)) return;
  throw invalid(`${url} is not https`);
}

export function invalid(description: string) {
  return new OAuthError("invalid_client_metadata", description, { description });
}
