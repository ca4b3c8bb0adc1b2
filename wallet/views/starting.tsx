import { words } from "../messages/languages.ts";

/** Between screens; shows its words only when it takes long enough to wonder. */
export function Starting() {
  return (
    <main aria-busy="true">
      <p className="later soft" role="status">
        {words.app.loading}
      </p>
    </main>
  );
}
