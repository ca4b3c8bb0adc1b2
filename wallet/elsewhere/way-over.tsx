import { type ComponentType, lazy, Suspense, useState } from "react";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";

/** Loaded when it is needed: most people answer where they are. Where it cannot be loaded, the link is there. */
const QrCode = lazy<ComponentType<{ text: string }>>(() =>
  import("./qr-code.tsx").catch(() => ({ default: () => null })),
);

/** The way to the other device: to scan, or as a link to take there by any other means (UX-33). */
export function WayOver({ link }: { readonly link: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () =>
    setCopied(
      await navigator.clipboard.writeText(link).then(
        () => true,
        () => false,
      ),
    );
  return (
    <>
      <div className="qr-place">
        <Suspense>
          <QrCode text={link} />
        </Suspense>
      </div>
      <details>
        <summary>{words.elsewhere.noCamera}</summary>
        <p className="small">{words.elsewhere.linkHow}</p>
        <p className="small break link">{link}</p>
        <Press wide onPress={() => copy()}>
          {copied ? words.elsewhere.copied : words.elsewhere.copy}
        </Press>
        <span className="only-heard" role="status">
          {copied ? words.elsewhere.copied : ""}
        </span>
      </details>
    </>
  );
}
