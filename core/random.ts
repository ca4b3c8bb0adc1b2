import { base64url } from "../protocol/canonical-json.ts";

/** 128 random bits as 22 characters: the id of a record, or a secret. */
export function randomId(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(16)));
}

/** 32 symbols without I, L, O and U: nothing to mistake for something else on a phone. */
const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 40 random bits as 8 characters to read and type: `K7QF-2M9P`. */
export function randomCode(): string {
  return inFours(symbols(8));
}

/** 160 random bits as 32 characters to print and keep: eight groups of four. */
export function randomRecoveryCode(): string {
  return inFours(symbols(32));
}

const symbols = (length: number) =>
  [...crypto.getRandomValues(new Uint8Array(length))].map((byte) => SYMBOLS[byte % 32]).join("");
const inFours = (code: string) => (code.match(/.{4}/g) ?? []).join("-");

/** A typed code in its one spelling, or undefined if it cannot be one: case, dashes and spaces do not count, O is 0, I and L are 1. */
export function spelledCode(typed: string, length = 8): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  return code.length === length && [...code].every((character) => SYMBOLS.includes(character)) ? code : undefined;
}
