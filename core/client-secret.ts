import { sha256 } from "../protocol/canonical-json.ts";
import { sameHash } from "./handles.ts";
import { randomId } from "./random.ts";

/** Made here, told once, kept as its hash: 256 bits of chance need no slow one. */
export async function newClientSecret(): Promise<{ readonly secret: string; readonly hash: string }> {
  const secret = randomId() + randomId();
  return { secret, hash: await sha256(secret) };
}

/** Whether a secret is the one with this hash; without a hash none is. */
export async function isClientSecret(secret: string, hash: string | undefined): Promise<boolean> {
  return sameHash(await sha256(secret), hash ?? "");
}

/** RFC 6749 §2.3.1: id and secret, each form-encoded; undefined for anything else. */
export function basicCredentials(
  authorization: string | undefined,
): { readonly id: string; readonly secret: string } | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/]{1,1000}={0,2})$/i.exec(authorization ?? "")?.[1];
  try {
    const [id, secret, ...more] = encoded === undefined ? [] : atob(encoded).split(":").map(formDecoded);
    return id === undefined || secret === undefined || more.length > 0 ? undefined : { id, secret };
  } catch {
    return undefined;
  }
}

function formDecoded(text: string): string {
  return decodeURIComponent(text.replace(/\+/g, " "));
}
