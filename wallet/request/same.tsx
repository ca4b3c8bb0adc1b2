import type { ReactNode } from "react";

/** What stays as it is: out of the way, and one tap away (UX-08). */
export function Same({ summary, children }: { readonly summary: string; readonly children: ReactNode }) {
  return (
    <details className="same">
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
