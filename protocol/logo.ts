import * as v from "valibot";

/** Bytes of a picture; with base64 it stays well below what a request may be. */
const MOST = 16_384;
const [SMALLEST, LARGEST] = [48, 512];

/** `PUT /operator/{kind}/{id}/logo`: a square PNG (PNG Third Edition §5), 48 to 512 pixels wide, at most 16 384 bytes, as base64. */
export const LogoRequest = v.strictObject({
  png: v.pipe(
    v.string(),
    v.maxLength(4 * Math.ceil(MOST / 3), `more than ${MOST} bytes`),
    v.base64("no base64"),
    v.check((text) => isSquarePng(bytesOf(text)), `no square PNG of ${SMALLEST} to ${LARGEST} pixels`),
  ),
});
export type LogoRequest = v.InferOutput<typeof LogoRequest>;

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Signature, IHDR first, IEND last. */
function isSquarePng(bytes: Uint8Array<ArrayBuffer>): boolean {
  const text = (from: number, to?: number) => String.fromCharCode(...bytes.slice(from, to));
  if (text(0, 8) !== "\x89PNG\r\n\x1a\n" || text(12, 16) !== "IHDR" || text(-8, -4) !== "IEND") return false;
  const view = new DataView(bytes.buffer);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  return width === height && width >= SMALLEST && width <= LARGEST;
}

/** Whom people see by a picture: at `/wallet/logos/{logo}`, which is the hash of its bytes. Without one, initials stand for the name. */
export interface Pictured {
  readonly logo?: string;
}
