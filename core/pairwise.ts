import { base64url } from "jose";
import type { Person } from "./person.ts";

/** OIDC Core §8.1: HMAC-SHA-256 under the person's own key. No two edges share a value, and without the key none can be linked again. */
async function pairwise(person: Pick<Person, "pairwiseKey">, edge: string): Promise<string> {
  const raw = Uint8Array.from(base64url.decode(person.pairwiseKey));
  const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return base64url.encode(new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(edge))));
}

/** `sub` of ID tokens: per sector; until sectors are registered, a Client is its own. */
export function subAtClient(person: Pick<Person, "pairwiseKey">, clientId: string): Promise<string> {
  return pairwise(person, `client ${clientId}`);
}

/** How a Resource Server knows the person: per registration. */
export function subAtResourceServer(person: Pick<Person, "pairwiseKey">, resourceServerId: string): Promise<string> {
  return pairwise(person, `resource server ${resourceServerId}`);
}
