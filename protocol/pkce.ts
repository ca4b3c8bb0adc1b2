import { sha256 } from "./canonical-json.ts";

/** RFC 7636 §4.2: what S256 makes of a verifier. */
export function s256(verifier: string): Promise<string> {
  return sha256(verifier);
}

/** RFC 7636 §4.1: 43 to 128 unreserved characters. */
export function isCodeVerifier(text: string): boolean {
  return /^[\w.~-]{43,128}$/.test(text);
}

/** The form of an S256 challenge (§4.2). */
export function isCodeChallenge(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}
