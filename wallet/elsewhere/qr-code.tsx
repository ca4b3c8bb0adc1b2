import { encodeQR } from "qr";
import { words } from "../messages/languages.ts";

/** Modules of white around it (ISO/IEC 18004 §9.1). */
const QUIET = 4;

/** A QR code, dark on light in both colour schemes: many cameras read no other. */
export default function QrCode({ text }: { readonly text: string }) {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  const dark = rows.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg className="qr" viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={words.elsewhere.qr}>
      <path d={dark.join("")} />
    </svg>
  );
}
