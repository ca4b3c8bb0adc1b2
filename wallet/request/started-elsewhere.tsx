import { locale, words } from "../messages/languages.ts";
import { clock } from "../words/dates.ts";

interface StartedElsewhereProps {
  readonly client: string;
  readonly at: number;
}

/** When, and at which app, another screen began this: whoever does not sit before it is being tricked (UX-37, UX-39, N-70). */
export function StartedElsewhere({ client, at }: StartedElsewhereProps) {
  return (
    <section className="outcome warn" aria-labelledby="started">
      <h2 id="started">{words.request.startedHeading}</h2>
      <p>{words.request.startedText(client, clock(at, locale))}</p>
      <p>{words.request.startedNever}</p>
    </section>
  );
}
