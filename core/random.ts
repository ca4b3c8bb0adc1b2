import { base64url } from "../protocol/canonical-json.ts";

/** 128 random bits as 22 characters: the id of a record, or a secret. */
export function randomId(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(16)));
}

/** 32 symbols without I, L, O and U: nothing to mistake for something else on a phone. */
const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 40 random bits as 8 characters to read and type: `K7QF-2M9P`. */
export function randomCode(): string {
  const code = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => SYMBOLS[byte % 32]).join("");
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** A typed code in its one spelling, or undefined if it cannot be one: case, dashes and spaces do not count, O is 0, I and L are 1. */
export function spelledCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  return code.length === 8 && [...code].every((character) => SYMBOLS.includes(character)) ? code : undefined;
}
