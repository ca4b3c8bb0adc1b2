import type { Notice } from "../../protocol/wallet.ts";
import { locale, words } from "../messages/languages.ts";
import { clock } from "../words/dates.ts";

/** An app asks who it is and for no data: what it learns, and that this is for once. There is nothing to choose. */
export function SignIn({ notice }: { readonly notice: Notice }) {
  const { client, durations, proposed } = notice;
  const endsAt = durations[proposed]?.endsAt ?? 0;
  return (
    <>
      <section aria-labelledby="what">
        <h2 id="what">{words.signIn.what}</h2>
        <p>{words.signIn.whatText(client.name)}</p>
      </section>
      <section aria-labelledby="how-long">
        <h2 id="how-long">{words.signIn.howLong}</h2>
        <p>{words.signIn.howLongText(client.name, clock(endsAt, locale))}</p>
      </section>
    </>
  );
}
