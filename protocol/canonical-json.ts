import { sha256 as digest } from "@noble/hashes/sha2.js";

/** RFC 8785: members sorted by UTF-16 code units, those without a value left out; ECMAScript's own serialization is the scheme's for strings and numbers. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value ?? null);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(",")}}`;
}

/** SHA-256 as base64url without padding: how every hash in records, receipts and challenges is written. What is hashed is short: WebCrypto's trip to another thread costs twenty times the hash. */
export async function sha256(input: string | Uint8Array<ArrayBuffer>): Promise<string> {
  return base64url(digest(typeof input === "string" ? new TextEncoder().encode(input) : input));
}

/** RFC 4648 §5. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** RFC 7515 Appendix C: base64url without padding. */
export function base64url(bytes: Uint8Array<ArrayBuffer>): string {
  let text = "";
  for (let n = 0; n < bytes.length; n += 3) {
    const [a = 0, b = 0, c = 0] = [bytes[n], bytes[n + 1], bytes[n + 2]];
    const group = (a << 16) | (b << 8) | c;
    for (let shift = 18; shift >= 0; shift -= 6) text += ALPHABET[(group >> shift) & 63];
  }
  return text.slice(0, Math.ceil((bytes.length * 4) / 3));
}
