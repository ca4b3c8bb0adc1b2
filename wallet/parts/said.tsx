import { type ReactNode, useEffect, useRef } from "react";

/** What came of a step, in a box that takes the focus: what was pressed is often gone by then (WCAG 2.4.3, 4.1.3). */
export function Said({ children }: { readonly children: ReactNode }) {
  const box = useRef<HTMLParagraphElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <p ref={box} tabIndex={-1} className="outcome good" role="status">
      {children}
    </p>
  );
}
