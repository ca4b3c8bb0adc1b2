/** Navigator's icon on the phone. */
export function AppIcon() {
  return (
    <span className="app-icon" aria-hidden="true">
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d="M6.5 12.5l4 4L18 8" />
      </svg>
    </span>
  );
}
