import type { Notice } from "../../protocol/wallet.ts";
import { locale, words } from "../messages/languages.ts";
import { day } from "../words/dates.ts";

/** What the app sees already by another permission: a yes adds one, and changes nothing of the other. */
export function Already({ notice }: { readonly notice: Notice }) {
  const { already = [], client } = notice;
  if (already.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="already">
      <h2 id="already">{words.already.heading(client.name)}</h2>
      {already.map(({ title, decidedAt, endsAt, paused }) => (
        <p key={title} className="small">
          {words.already[paused ? "paused" : "active"](title, day(decidedAt, locale), day(endsAt, locale))}
        </p>
      ))}
      <p className="small">{words.already.beside}</p>
    </section>
  );
}
