import { base64url } from "jose";
import { sha256 } from "../protocol/canonical-json.ts";

/** AES-256-GCM keys; their id travels in what they sealed, so old ones stay readable while a handle lives. */
export interface SealingKeys {
  current(): Promise<SealingKey>;
  find(id: string): Promise<SealingKey | undefined>;
}

export interface SealingKey {
  /** 4 characters of [a-z0-9]. */
  readonly id: string;
  /** Ciphertext with its tag behind it. */
  encrypt(nonce: Bytes, plaintext: Bytes, additionalData: Bytes): Bytes;
  /** Undefined for what this key did not encrypt so. */
  decrypt(nonce: Bytes, sealed: Bytes, additionalData: Bytes): Bytes | undefined;
}

type Bytes = Uint8Array<ArrayBuffer>;

export interface Seal {
  /** Two characters: where a handle is at home. */
  readonly region: string;
  readonly sealingKeys: SealingKeys;
}

const NONCE = 12;
const ID = 4;

/** `<kind>_<region><key id><nonce, ciphertext, tag>`: the kind is additional data, so nothing sealed as one kind opens as another (N-25). */
export async function seal(
  as: Seal,
  kind: string,
  plaintext: string,
  nonce = crypto.getRandomValues(new Uint8Array(NONCE)),
): Promise<string> {
  const key = await as.sealingKeys.current();
  const sealed = key.encrypt(nonce, bytesOf(plaintext), bytesOf(kind));
  return `${kind}_${as.region}${key.id}${base64url.encode(Uint8Array.of(...nonce, ...sealed))}`;
}

/** The same text sealed the same way each time, for a name that must be found again without being kept: the nonce is a digest of what is sealed, so no two texts share one. The text must not be guessable. */
export async function sealedAlike(as: Seal, kind: string, plaintext: string): Promise<string> {
  return seal(as, kind, plaintext, decoded(await sha256(`${kind} ${plaintext}`))?.slice(0, NONCE));
}

/** What was sealed as this kind, or undefined for anything else, whatever is wrong with it. */
export async function unseal(as: Seal, kind: string, sealed: string): Promise<string | undefined> {
  const prefix = `${kind}_${as.region}`;
  if (!sealed.startsWith(prefix) || sealed.length > 2_000 || !/^[\w-]+$/.test(sealed)) return undefined;
  const key = await as.sealingKeys.find(sealed.slice(prefix.length, prefix.length + ID));
  const bytes = decoded(sealed.slice(prefix.length + ID));
  if (key === undefined || bytes === undefined || bytes.length <= NONCE) return undefined;
  const plaintext = key.decrypt(bytes.slice(0, NONCE), bytes.slice(NONCE), bytesOf(kind));
  return plaintext && new TextDecoder().decode(plaintext);
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Only the one canonical spelling: a last character with stray bits is refused. */
function decoded(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const bytes = Uint8Array.from(base64url.decode(text));
    return base64url.encode(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}
