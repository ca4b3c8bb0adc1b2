import { sha256 } from "../../protocol/canonical-json.ts";

/**
 * The SHA-256 of a certificate, as tokens name it; undefined for anything that cannot be one. Of several in PEM the first counts: it is the caller's own.
 *
 * @param certificate PEM, or DER in base64
 * @see RFC 8705 §3.1
 */
export async function thumbprintOf(certificate: string): Promise<string | undefined> {
  const pem = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/.exec(certificate)?.[1] ?? certificate;
  try {
    return await sha256(Uint8Array.from(atob(pem.replace(/\s/g, "")), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
